import type { CommandOf, PackageCommand } from '../../../src/domain/package/commands.js';
import type { OrderCommand } from '../../../src/domain/order/commands.js';
import type { TransferCommand, TransferCommandOf } from '../../../src/domain/transfer/commands.js';
import type { ModelItem, ModelOrder, ModelParcel, ModelTransfer } from './state.js';
import type { Dice } from './steps.js';

const at = <Entry>(list: readonly Entry[], pick: number): Entry | undefined => list[pick % list.length];

/** Some units of one item; now and then one more than there are. */
function someUnits(items: readonly Pick<ModelItem, 'id' | 'quantity'>[], [a, b, c]: Dice) {
  const item = at(items, a);
  if (!item) return [];
  return [{ id: item.id, quantity: c === 11 ? item.quantity + 1 : 1 + (b % item.quantity) }];
}

/** One in twelve names something that there is not. */
const reason = (known: string, c: number): string => (c === 11 ? 'unheard-of' : known);

type Builders = { readonly [Name in PackageCommand['command']]?: (parcel: ModelParcel, dice: Dice) => CommandOf<Name> };

/** The body of a package command, its parameters chosen by the dice. */
export function packageBody(
  name: PackageCommand['command'],
  parcel: ModelParcel,
  dice: Dice,
  locations: readonly string[],
): PackageCommand {
  const [a, b, c] = dice;
  const missing = () => someUnits(parcel.items, dice).map((units) => ({ ...units, kind: 'not_found' as const }));
  const builders: Builders = {
    refuse: () => ({ command: 'refuse', reason: reason('damaged', c) }),
    cancel: () => ({ command: 'cancel', reason: reason('customer', c) }),
    block: () => ({ command: 'block', reason: 'being counted' }),
    report_missing: () => ({ command: 'report_missing', items: missing(), scope: c % 4 === 0 ? 'package' : 'items' }),
    prepare_items: () => ({ command: 'prepare_items', missing: a % 2 === 0 ? [] : missing() }),
    replace_product: () => ({ command: 'replace_product', item: parcel.items[0]?.id ?? '1', sku: 'OTHER' }),
    plan_manually: () => ({ command: 'plan_manually', groups: groups(parcel.items, dice, locations) }),
    pack: () => ({ command: 'pack', withShipment: a % 2 === 0 }),
    update_invoice: () => {
      const document = { type: 'e-archive', date: '2026-11-27', url: 'https://invoices.example/1' };
      return { command: 'update_invoice', number: `I-${b}`, ...document };
    },
    ship: () => {
      if (a % 3 === 0) return { command: 'ship', withoutIntegration: true };
      return a % 3 === 1 ? { command: 'ship' } : { command: 'ship', carrier: 'swift', trackingNumber: `N-${b}` };
    },
    update_shipment: () => ({ command: 'update_shipment', carrier: 'swift', trackingNumber: `U-${b}` }),
    hand_over: () => ({ command: 'hand_over', ...(a % 2 === 0 && { pickupCode: 'wrong' }) }),
    return: () => ({ command: 'return', ...(a % 2 === 0 && { items: someUnits(parcel.items, dice) }) }),
  };
  const build = builders[name] as ((of: ModelParcel, by: Dice) => PackageCommand) | undefined;
  return build ? build(parcel, dice) : ({ command: name } as PackageCommand);
}

/** All units at one location, or one unit at another one; now and then some are forgotten. */
function groups(items: readonly ModelItem[], [a, b, c]: Dice, locations: readonly string[]) {
  const units = items.map(({ id, quantity }) => ({ id, quantity }));
  const [first = '', second = ''] = [at(locations, a), at(locations, a + 1)];
  const [one, ...others] = units;
  if (c === 11 || !one)
    return [{ location: first, items: [{ id: one?.id ?? '1', quantity: (one?.quantity ?? 0) + 1 }] }];
  const rest = [{ ...one, quantity: one.quantity - 1 }, ...others].filter(({ quantity }) => quantity > 0);
  if (b % 2 === 0 || rest.length === 0) return [{ location: first, items: units }];
  return [
    { location: first, items: [{ id: one.id, quantity: 1 }] },
    { location: second, items: rest },
  ];
}

/** The body of a transfer command. */
export function transferBody(name: TransferCommand['command'], { items }: ModelTransfer, dice: Dice): TransferCommand {
  const [a, b, c] = dice;
  switch (name) {
    case 'ready':
      return a % 2 === 0 ? { command: 'ready' } : { command: 'ready', carrier: 'swift', trackingNumber: `V-${b}` };
    case 'dispatch':
      return { command: 'dispatch' };
    case 'receive':
      return receipt(items, dice);
    case 'report_missing':
      return a % 2 === 0 ? { command: 'report_missing' } : { command: 'report_missing', items: someUnits(items, dice) };
    case 'cancel':
      return a % 2 === 0 ? { command: 'cancel' } : { command: 'cancel', reason: reason('customer', c) };
  }
}

/** In full, or short of some units of one item. */
function receipt(items: ModelTransfer['items'], [a, b, c]: Dice): TransferCommandOf<'receive'> {
  const item = at(items, a);
  if (!item || b % 2 === 0) return { command: 'receive' };
  const receivedQuantity = c === 11 ? item.quantity + 1 : c % item.quantity;
  return { command: 'receive', items: [{ id: item.id, receivedQuantity }] };
}

/** The body of an order command. */
export function orderBody(name: OrderCommand['command'], { lines }: ModelOrder, [a, b, c]: Dice): OrderCommand {
  switch (name) {
    case 'cancel': {
      const line = at(lines, b);
      const whole = { command: 'cancel', reason: reason('customer', c) } as const;
      return a % 3 === 0 || !line ? whole : { ...whole, lines: [{ id: line.id, quantity: 1 + (c % line.quantity) }] };
    }
    case 'hold':
      return { command: 'hold', reason: 'fraud check' };
    case 'change_address':
      return { command: 'change_address', address: { country: 'TR', state: `State ${b}` } };
    case 'change_priority':
      return { command: 'change_priority', priority: 1 + (a % 5) };
    case 'release':
    case 'replan':
      return { command: name };
  }
}
