import type { PackageState } from '../lifecycle/packageLifecycle.js';
import type { OrderCommand } from './commands.js';
import type { OrderRecord } from './order.js';
import type { LineQuantities } from './quantities.js';

type Name = OrderCommand['command'];

const LEFT: ReadonlySet<PackageState> = new Set<PackageState>([
  'shipped',
  'ready_for_pickup',
  'attempted_delivery',
  'delivered',
  'delivery_failed',
  'returned',
]);

const GIVEN_UP: ReadonlySet<PackageState> = new Set<PackageState>([
  'cancellation_waiting',
  'cancelled',
  'packed_for_refund',
]);

/** From packing on the address is on the parcel. */
const ADDRESSED: ReadonlySet<PackageState> = new Set<PackageState>([
  ...LEFT,
  'waiting_cargo_label',
  'packed',
  'cancellation_waiting',
]);

/** Goes on its way, whatever becomes of its order. */
export const hasLeft = (state: PackageState): boolean => LEFT.has(state);

export const isAddressed = (state: PackageState): boolean => ADDRESSED.has(state);

/** No store has begun with these, so they can be planned again. */
export const isUntouched = (state: PackageState): boolean => state === 'waiting' || state === 'stale_waiting';

/** Neither on its way, nor over, nor given up already with its outcome open. */
const canBeGivenUp = (state: PackageState): boolean => !LEFT.has(state) && !GIVEN_UP.has(state);

/**
 * The commands that an order takes now. It can be cancelled as long as some unit has not left: what is
 * shipped goes on its way, everything else is cancelled.
 */
export function allowedOrderCommands(
  { state, hold }: Pick<OrderRecord, 'state' | 'hold'>,
  lines: readonly Pick<LineQuantities, 'unplanned' | 'parked' | 'inPackages'>[],
  packages: readonly { readonly state: PackageState }[],
): Name[] {
  if (state === 'completed' || state === 'cancelled') return [];
  const hasUnits = (of: (line: (typeof lines)[number]) => number) => lines.some((line) => of(line) > 0);
  const isPending = hasUnits(({ unplanned, parked, inPackages }) => unplanned + parked + inPackages);
  const canMove =
    hasUnits(({ unplanned, parked }) => unplanned + parked) || packages.some((of) => isUntouched(of.state));
  const allowed: Readonly<Record<Name, boolean>> = {
    cancel: hasUnits(({ unplanned }) => unplanned) || packages.some((of) => canBeGivenUp(of.state)),
    hold: isPending && !hold,
    release: Boolean(hold),
    change_address: isPending && !packages.some((of) => isAddressed(of.state)),
    change_priority: true,
    replan: canMove && !hold,
  };
  return (Object.keys(allowed) as Name[]).filter((name) => allowed[name]);
}
