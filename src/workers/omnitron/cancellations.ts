import { z } from 'zod';

import type { OmnitronClient } from '../../clients/omnitron/client.js';
import type { Orchestrator } from '../../clients/orchestrator.js';
import type { CancellationReason } from '../../domain/configuration/integrations.js';
import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { omnitronKeys } from '../../domain/omnitron/omnitronKeys.js';
import { lineQuantities } from '../../domain/order/quantities.js';
import { OmsError } from '../../platform/errors.js';
import type { RecordStore } from '../../store/store.js';

export interface CancellationDependencies {
  readonly client: OmnitronClient;
  readonly records: Pick<RecordStore, 'orders' | 'packages' | 'omnitronReports' | 'omnitronPulls'>;
  readonly reasons: { all(): Promise<readonly CancellationReason[]> };
  readonly orchestrator: Pick<Orchestrator, 'commandOrder'>;
  readonly now: () => Date;
}

const id = z.int();
const channel = z.union([z.object({ pk: id }).transform(({ pk }) => pk), z.object({ id }).transform((one) => one.id)]);
const request = z
  .object({ id: id.optional(), pk: id.optional(), order_item: id, reason: id.nullish(), status: z.string().nullish() })
  .transform(({ id: one, pk, ...rest }) => ({ ...rest, id: one ?? pk ?? 0 }));
const item = z.object({ pk: id, order: id });
const order = z.object({ pk: id, number: z.string() });

type Request = z.output<typeof request>;

const CLOSED = ['rejected', 'completed'];

/**
 * Does what customers ask for in Omnitron: cancels the line of each open cancellation request. What could be cancelled
 * is reported like any other cancellation, which closes the request; what is too late is rejected there.
 *
 * @returns how many requests were dealt with.
 */
export async function pullCancellations(
  dependencies: CancellationDependencies,
  connection: OmnitronConnection,
): Promise<number> {
  const { client } = dependencies;
  let handled = 0;
  for (const key of await client.list(connection, 'channels/', channel)) {
    const path = `channel/${key}/cancellation_requests/`;
    const asked = await client.list(connection, path, request, { cancellation_type: 'cancel' });
    for (const one of asked) {
      if (CLOSED.includes(one.status ?? '')) continue;
      if (await handle(dependencies, connection, `channel/${key}`, one)) handled++;
    }
  }
  return handled;
}

async function handle(
  dependencies: CancellationDependencies,
  connection: OmnitronConnection,
  path: string,
  asked: Request,
): Promise<boolean> {
  const { client, records } = dependencies;
  const found = await client.get(connection, `${path}/order_items/${asked.order_item}/`, item);
  const { number } = await client.get(connection, `${path}/orders/${found.order}/`, order);
  const record = await records.orders.find(number);
  // An order that we do not have is nobody's business here, and another channel's request is found there.
  if (!record || omnitronKeys(record.order)?.order !== found.order) return false;
  const outcome = await cancelLine(dependencies, connection, number, asked);
  if (outcome === null) {
    await records.omnitronReports.again(number, dependencies.now());
    return true;
  }
  await client.send(connection, 'POST', `${path}/cancellation_requests/${asked.id}/reject/`, {});
  await records.omnitronPulls.refuse({
    ...{ id: `cancellation/${asked.id}`, number, modifiedDate: null, errors: [], detail: outcome },
    at: dependencies.now().toISOString(),
  });
  return true;
}

/** Null when the line is cancelled, or will be as soon as its carrier agrees; else why it is too late. */
async function cancelLine(
  { records, orchestrator, reasons }: CancellationDependencies,
  { orders }: OmnitronConnection,
  number: string,
  asked: Request,
): Promise<string | null> {
  const record = await records.orders.find(number);
  if (!record) return 'there is no such order';
  const counted = lineQuantities(record.order.lines, await records.packages.ofOrder(number), record.cancelledUnits);
  const line = counted.find(({ line: { id: lineId } }) => lineId === String(asked.order_item));
  if (!line) return 'the item is no line of the order';
  const { ordered, cancelled, refunded } = line.quantities;
  const left = ordered - cancelled - refunded;
  if (left === 0) return null;
  const theirs = (await reasons.all()).find(({ remoteId }) => remoteId === String(asked.reason ?? ''));
  const reason = theirs?.code ?? orders.cancellationReason;
  if (reason === undefined)
    throw new OmsError('omnitron.refused', 'The connection to Omnitron names no cancellationReason');
  try {
    await orchestrator.commandOrder(
      number,
      { command: 'cancel', reason, note: 'Asked for in Omnitron', lines: [{ id: line.line.id, quantity: left }] },
      { id: `omnitron-cancellation-${asked.id}`, by: 'omnitron' },
    );
    return null;
  } catch (error) {
    const isTooLate =
      error instanceof OmsError && (error.code === 'order.illegal_transition' || error.code === 'workflow.ended');
    if (!isTooLate) throw error;
    return error.detail;
  }
}
