import { z } from 'zod';

import type { OmnitronClient } from '../../clients/omnitron/client.js';
import { takeOmnitronOrder, type OmnitronIntakeDependencies } from '../../clients/omnitron/intake.js';
import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { OmsError, type ErrorCode } from '../../platform/errors.js';
import type { OmnitronPullRepository } from '../../store/omnitronPulls.js';

export interface PullDependencies extends OmnitronIntakeDependencies {
  readonly client: OmnitronClient;
  readonly pulls: OmnitronPullRepository;
}

const row = z.object({ pk: z.int(), number: z.string(), modified_date: z.string().nullish() });
type Row = z.output<typeof row>;

const detailed = z.looseObject({ pk: z.int() });

/** What the next attempt cannot change: only somebody else can. */
const LAST_WORD: readonly ErrorCode[] = ['request.unprocessable', 'order.number_taken'];

/**
 * Takes in every approved order that nobody has taken over, and marks it there only when it is safe here: the mark is
 * the cursor, so a crash anywhere leads to the same order being read again, which is the same order. One that we
 * cannot read stays unmarked, is shown, and is tried again when it has changed.
 *
 * @returns how many were taken in.
 */
export async function pullOrders(dependencies: PullDependencies, connection: OmnitronConnection): Promise<number> {
  const { client } = dependencies;
  // Read to its end before anything is marked: marking takes orders off the list, and the pages would shift.
  const rows = await client.list(connection, 'orders/', row, { status: '400', is_send: 'False' });
  let taken = 0;
  for (const one of new Map(rows.map((found) => [found.pk, found])).values()) {
    if (await takeOne(dependencies, connection, one)) taken++;
  }
  return taken;
}

async function takeOne(dependencies: PullDependencies, connection: OmnitronConnection, order: Row): Promise<boolean> {
  const { client, pulls, now } = dependencies;
  const { pk, number, modified_date: modifiedDate = null } = order;
  const id = `order/${pk}`;
  const refused = await pulls.findRefusal(id);
  if (refused && refused.modifiedDate === modifiedDate) return false;
  const given = await readDetailed(client, connection, pk);
  try {
    await takeOmnitronOrder(dependencies, given);
  } catch (error) {
    if (!(error instanceof OmsError) || !LAST_WORD.includes(error.code)) throw error;
    const { detail, options } = error;
    await pulls.refuse({ id, number, modifiedDate, detail, errors: options.errors ?? [], at: now().toISOString() });
    return false;
  }
  await client.send(connection, 'PATCH', `orders/${pk}/`, { is_send: true });
  if (refused) await pulls.accept(id);
  return true;
}

/** The order with everything in it; some Omnitrons give the items by themselves. */
async function readDetailed(client: OmnitronClient, connection: OmnitronConnection, pk: number): Promise<object> {
  const order = await client.get(connection, `orders_integration/${pk}/detailed_integration/`, detailed);
  if (Array.isArray(order['orderitem_set'])) return order;
  const path = 'order_item/detailed_integration/';
  return { ...order, orderitem_set: await client.list(connection, path, detailed, { order: pk }) };
}
