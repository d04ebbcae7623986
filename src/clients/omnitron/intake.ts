import type { Location } from '../../domain/configuration/location.js';
import { OMNITRON, type OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { DEFAULT_ORDER_RULES, type OmnitronContext, type UnreadableField } from '../../domain/omnitron/context.js';
import type { OmnitronItem, OmnitronOrder } from '../../domain/omnitron/source.js';
import { isCancelled, isForUs, OMNITRON_STATUSES } from '../../domain/omnitron/statuses.js';
import type { Order } from '../../domain/order/order.js';
import { OmsError } from '../../platform/errors.js';
import { readOmnitronOrder } from '../../schemas/omnitron/readOrder.js';
import { takeOrderIn, type IntakeDependencies, type TakenOrder } from '../intake.js';
import type { Orchestrator } from '../orchestrator.js';

export interface OmnitronIntakeDependencies extends IntakeDependencies {
  readonly orchestrator: Pick<Orchestrator, 'startOrder' | 'commandOrder'>;
  readonly connection: { find(key: string): Promise<OmnitronConnection | null> };
  readonly locations: { all(): Promise<readonly Location[]> };
  readonly settings: { read(): Promise<{ readonly timeZone: string }> };
  /** Hears what does not add up but was taken. */
  readonly warn: (number: string, warnings: readonly string[]) => void;
}

/** Who asks, in the audit log, for what is cancelled in Omnitron. */
const BY_OMNITRON = 'omnitron';

/**
 * Takes an order as Omnitron writes it. Items that are cancelled there already become cancelled lines.
 *
 * @throws {OmsError} `request.unprocessable` with a JSON pointer for each field that we cannot read,
 *   `order.number_taken` for other content under a known number.
 */
export async function takeOmnitronOrder(dependencies: OmnitronIntakeDependencies, given: unknown): Promise<TakenOrder> {
  const context = await contextOf(dependencies);
  const read = readOmnitronOrder(given, context);
  if (!read.ok) throw unreadable(read.faults);
  const { source, order, warnings } = read;
  // What changes there while we carry the order out must not make it another order, so a known one is not judged by it.
  const known = await dependencies.orders.find(order.number);
  if (!known) requireBeginnable(source, order, context);
  if (warnings.length > 0) dependencies.warn(order.number, warnings);
  const taken = await takeOrderIn(dependencies, order);
  if (taken.isNew) await cancelLines(dependencies, source, order, context);
  return taken;
}

async function contextOf({ connection, locations, settings }: OmnitronIntakeDependencies): Promise<OmnitronContext> {
  const [found, stores, { timeZone }] = await Promise.all([
    connection.find(OMNITRON),
    locations.all(),
    settings.read(),
  ]);
  return { rules: found?.orders ?? DEFAULT_ORDER_RULES, locations: stores, timeZone };
}

/** @throws {OmsError} for an order that we do not begin. */
function requireBeginnable(source: OmnitronOrder, order: Order, { rules }: OmnitronContext): void {
  const { status } = source;
  if (!isForUs(status)) throw unreadable([{ pointer: '/status', detail: whyNotBegun(source) }]);
  const cancelled = cancelledItems(source, order);
  if (cancelled.length === order.lines.length) {
    throw unreadable([{ pointer: '/orderitem_set', detail: 'every item of it is cancelled' }]);
  }
  if (cancelled.length > 0 && rules.cancellationReason === undefined) {
    const index = source.orderitem_set.findIndex((item) => isCancelled(item.status));
    const detail = 'is cancelled, and the connection to Omnitron names no cancellationReason to cancel its line with';
    throw unreadable([{ pointer: `/orderitem_set/${index}/status`, detail }]);
  }
}

function whyNotBegun({ status }: OmnitronOrder): string {
  const named = `${status} (${OMNITRON_STATUSES[status]})`;
  if (isCancelled(status)) return `is ${named}, and we do not have the order`;
  return Number(status) < 400 ? `is ${named}: send the order once it is approved` : `is ${named}: it is past our part`;
}

const cancelledItems = ({ orderitem_set: items }: OmnitronOrder, { lines }: Order): OmnitronItem[] =>
  items.filter(({ pk, status }) => isCancelled(status) && lines.some(({ id }) => id === String(pk)));

async function cancelLines(
  { orchestrator }: OmnitronIntakeDependencies,
  source: OmnitronOrder,
  order: Order,
  { rules: { cancellationReason: reason } }: OmnitronContext,
): Promise<void> {
  const ids = cancelledItems(source, order).map(({ pk }) => String(pk));
  if (ids.length === 0 || reason === undefined) return;
  const lines = order.lines.filter(({ id }) => ids.includes(id)).map(({ id, quantity }) => ({ id, quantity }));
  const note = 'Cancelled in Omnitron before the order came';
  await orchestrator.commandOrder(
    order.number,
    { command: 'cancel', reason, note, lines },
    { id: `omnitron-intake-${order.number}`, by: BY_OMNITRON },
  );
}

const unreadable = (errors: readonly UnreadableField[]) =>
  new OmsError('request.unprocessable', errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '), {
    errors,
  });
