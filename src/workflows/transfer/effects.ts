import type { MissingGoods } from '../../activities/missingNotes.js';
import { unitsBySku } from '../../domain/package/items.js';
import { unknownShipment } from '../../domain/shipment/shipment.js';
import type { TransferCommand, TransferCommandOf } from '../../domain/transfer/commands.js';
import { shortUnits, type TransferItem } from '../../domain/transfer/transfer.js';
import { persist } from '../activities.js';
import { unprocessable } from '../failures.js';
import { packageWorkflowId, transferEndedSignal, type Wanted } from '../messages.js';
import { tell } from '../tell.js';
import type { TransferProcess } from './process.js';

type Effect<Name extends TransferCommand['command']> = (
  transfer: TransferProcess,
  command: TransferCommandOf<Name>,
) => Promise<void>;

/** What each command does. The table has allowed it, and nobody else touches the transfer meanwhile. */
const EFFECTS: { readonly [Name in TransferCommand['command']]: Effect<Name> } = {
  ready,
  dispatch: (transfer) => transfer.move('in_transit'),
  receive,
  report_missing: reportMissing,
  cancel,
};

/** Carries out a command that the guard has let pass. */
export async function carryOut(transfer: TransferProcess, command: TransferCommand): Promise<void> {
  await (EFFECTS[command.command] as Effect<TransferCommand['command']>)(transfer, command);
}

async function ready(
  transfer: TransferProcess,
  { carrier, trackingNumber }: TransferCommandOf<'ready'>,
): Promise<void> {
  if (carrier !== undefined) {
    transfer.state = 'ready_to_shipment';
    const isKnown = await persist('findCarrier', carrier);
    transfer.state = 'waiting';
    if (!isKnown) throw unprocessable('/carrier', `there is no active carrier ${carrier}`);
  }
  const isGiven = carrier !== undefined || trackingNumber !== undefined;
  const unknown = unknownShipment(transfer.record.number);
  const shipment = { ...unknown, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null };
  await transfer.move('ready_to_shipment', isGiven ? { record: { shipment } } : {});
}

/** What arrived is at the package's location; what did not is missing at the source. */
async function receive(
  transfer: TransferProcess,
  { items: received = [] }: TransferCommandOf<'receive'>,
): Promise<void> {
  const items = transfer.record.items.map((item): TransferItem => {
    const entry = received.find(({ id }) => id === item.id);
    return { ...item, receivedQuantity: entry?.receivedQuantity ?? item.quantity };
  });
  const missing = goodsOf(items.map((item) => ({ sku: item.sku, quantity: shortUnits(item) })));
  await transfer.move('transferred', { record: { items }, missing });
  const arrived = items.map(({ packageItem, receivedQuantity = 0 }) => [packageItem, receivedQuantity] as const);
  await tellPackage(transfer, Object.fromEntries(arrived), missing);
}

/** The source does not have the goods: nothing comes, and all of it is looked for again. */
async function reportMissing(
  transfer: TransferProcess,
  { items: units }: TransferCommandOf<'report_missing'>,
): Promise<void> {
  const { items } = transfer.record;
  const missing = goodsOf(
    units?.map(({ id, quantity }) => ({ sku: items.find((item) => item.id === id)?.sku ?? '', quantity })) ?? items,
  );
  const reason = { kind: 'missing', code: units?.[0]?.kind ?? 'not_found', note: null } as const;
  await transfer.move('cancelled', { record: { reason }, missing });
  await tellPackage(transfer, {}, missing);
}

async function cancel(transfer: TransferProcess, { reason: code, note }: TransferCommandOf<'cancel'>): Promise<void> {
  if (code !== undefined) {
    const back = transfer.state;
    transfer.state = 'cancelled';
    const isKnown = await persist('findCancellationReason', code);
    transfer.state = back;
    if (!isKnown) throw unprocessable('/reason', `there is no active reason ${code}`);
  }
  await transfer.move('cancelled', {
    record: { reason: { kind: 'cancellation', code: code ?? null, note: note ?? null } },
  });
  await tellPackage(transfer, {}, []);
}

/**
 * The package wants less. What has not left the source stays there; what is on its way goes on, and is free to
 * be promised to others.
 */
export async function reduceTo(transfer: TransferProcess, { units }: Wanted): Promise<void> {
  await transfer.turns.take(async () => {
    if (transfer.isDone) return;
    const by = transfer.record.package;
    await transfer.caused({ command: 'want_less', by, way: 'system' }, () => reduce(transfer, units));
  });
}

async function reduce(transfer: TransferProcess, units: Wanted['units']): Promise<void> {
  const { state, items } = transfer.record;
  const wanted = (item: TransferItem) => Math.min(item.quantity, units[item.packageItem] ?? 0);
  if (state === 'in_transit') {
    const travelling = items.map((item) => ({ ...item, unwanted: item.quantity - wanted(item) }));
    return transfer.amend({ record: { items: travelling } });
  }
  const left = items.map((item) => ({ ...item, quantity: wanted(item) })).filter(({ quantity }) => quantity > 0);
  if (left.length > 0) return transfer.amend({ record: { items: left } });
  await transfer.move('cancelled', { record: { reason: { kind: 'unwanted', code: null, note: null } } });
}

async function tellPackage(
  transfer: TransferProcess,
  arrived: Readonly<Record<string, number>>,
  missing: readonly MissingGoods[],
): Promise<void> {
  const { number, source, package: parcel } = transfer.record;
  const missingSkus = missing.map(({ sku }) => sku);
  await tell(packageWorkflowId(parcel), transferEndedSignal, { transfer: number, source, arrived, missingSkus });
}

const goodsOf = (goods: readonly MissingGoods[]): MissingGoods[] =>
  unitsBySku(goods).filter(({ quantity }) => quantity > 0);
