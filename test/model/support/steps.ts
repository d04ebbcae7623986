import fc from 'fast-check';

import { PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { OrderCommand } from '../../../src/domain/order/commands.js';
import { ORDER_COMMANDS } from '../../../src/domain/order/commands.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import type { TransferCommand } from '../../../src/domain/transfer/commands.js';

/** How a command reaches the system: as an update, through the API, or as a signal, which has no answer. */
export type Way = 'update' | 'http' | 'signal';

/** Numbers that choose: among what there is when the step comes. */
export type Dice = readonly [number, number, number];

/**
 * One step of a sequence, as data: whom it concerns is chosen when it comes, from what there is then. So a
 * sequence stays meaningful when others of its steps are taken out, and seed and path alone bring it back.
 */
export type Step =
  /** Nothing: what other steps shrink to. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'place'; readonly wants: readonly Want[]; readonly channel: Channel; readonly way: Way }
  | { readonly kind: 'place_again'; readonly pick: number; readonly isOther: boolean }
  /** `name` null: one that the table allows. */
  | Commanding<'package', PackageCommand['command']>
  | Commanding<'transfer', TransferCommand['command']>
  | Commanding<'order', OrderCommand['command']>
  | { readonly kind: 'repeat'; readonly pick: number; readonly way: Way }
  | {
      readonly kind: 'stock';
      readonly location: number;
      readonly sku: number;
      readonly units: number;
      readonly isPushed: boolean;
    }
  | { readonly kind: 'location'; readonly location: number }
  | { readonly kind: 'overdue'; readonly pick: number; readonly why: 'stale' | 'not_accepted' }
  | { readonly kind: 'failing'; readonly what: 'stock' | 'webhooks'; readonly times: number }
  | { readonly kind: 'restart'; readonly signal: 'SIGTERM' | 'SIGKILL' };

export interface Commanding<Kind extends string, Name extends string> {
  readonly kind: Kind;
  readonly pick: number;
  readonly name: Name | null;
  readonly dice: Dice;
  readonly way: Way;
}

/** Units of the n-th SKU of the sequence. */
export type Want = readonly [sku: number, quantity: number];

/** Which scenario plans the order: goods go from where they are, or are brought to one roof. */
export type Channel = 'split' | 'roof';

export const SKUS = 4;
export const LOCATIONS = 3;
export const STEPS = 30;

/** Units of each SKU at each location when the sequence begins, and its steps. */
export interface Sequence {
  readonly stock: readonly number[];
  readonly steps: readonly Step[];
}

const nat = fc.nat({ max: 11 });
const dice = fc.tuple(nat, nat, nat);
const way = fc.oneof(
  { arbitrary: fc.constant<Way>('update'), weight: 5 },
  { arbitrary: fc.constant<Way>('http'), weight: 5 },
  { arbitrary: fc.constant<Way>('signal'), weight: 1 },
);
const sku = fc.nat({ max: SKUS - 1 });
const location = fc.nat({ max: LOCATIONS - 1 });

const PACKAGE_COMMANDS = [
  ...new Set(PACKAGE_LIFECYCLE.transitions.filter(({ by }) => by === 'caller').map(({ command }) => command)),
] as PackageCommand['command'][];
const TRANSFER_COMMANDS = ['ready', 'dispatch', 'receive', 'report_missing', 'cancel'] as const;

const place = fc.record({
  kind: fc.constant('place' as const),
  wants: fc.uniqueArray(fc.tuple(sku, fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 3,
    selector: ([of]) => of,
  }),
  channel: fc.constantFrom<Channel>('split', 'roof'),
  way: fc.constantFrom<Way>('update', 'http'),
});

const commanding = <const Kind extends 'package' | 'transfer' | 'order'>(
  kind: Kind,
  names: readonly Extract<Step, { kind: Kind }>['name'][],
) => fc.record({ kind: fc.constant(kind), pick: nat, name: fc.constantFrom(...names), dice, way });

const step = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.constant({ kind: 'pause' as const }), weight: 1 },
  { arbitrary: place, weight: 14 },
  { arbitrary: fc.record({ kind: fc.constant('place_again' as const), pick: nat, isOther: fc.boolean() }), weight: 2 },
  { arbitrary: commanding('package', [null]), weight: 40 },
  { arbitrary: commanding('package', PACKAGE_COMMANDS), weight: 8 },
  { arbitrary: commanding('transfer', [null]), weight: 14 },
  { arbitrary: commanding('transfer', TRANSFER_COMMANDS), weight: 3 },
  { arbitrary: commanding('order', ORDER_COMMANDS), weight: 12 },
  { arbitrary: fc.record({ kind: fc.constant('repeat' as const), pick: nat, way }), weight: 4 },
  {
    arbitrary: fc.record({
      kind: fc.constant('stock' as const),
      ...{ location, sku, units: fc.nat({ max: 5 }), isPushed: fc.boolean() },
    }),
    weight: 5,
  },
  { arbitrary: fc.record({ kind: fc.constant('location' as const), location }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constant('overdue' as const),
      ...{ pick: nat, why: fc.constantFrom('stale' as const, 'not_accepted' as const) },
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('failing' as const),
      ...{ what: fc.constantFrom('stock' as const, 'webhooks' as const), times: fc.integer({ min: 1, max: 2 }) },
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      signal: fc.constantFrom('SIGTERM' as const, 'SIGKILL' as const),
    }),
    weight: 1,
  },
);

/** A sequence of thirty steps on little stock, so that goods have to be shared, brought and looked for elsewhere. */
export const sequence: fc.Arbitrary<Sequence> = fc.record({
  stock: fc.array(fc.nat({ max: 4 }), { minLength: SKUS * LOCATIONS, maxLength: SKUS * LOCATIONS }),
  steps: fc
    .tuple(place, fc.array(step, { minLength: STEPS - 1, maxLength: STEPS - 1 }))
    .map(([first, rest]) => [first, ...rest]),
});
