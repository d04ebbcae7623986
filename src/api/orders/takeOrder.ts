import { takeOrderIn, type TakenOrder } from '../../clients/intake.js';
import { order } from '../../schemas/order.js';
import { orderView } from '../../schemas/orderView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Reply } from '../endpoint.js';
import { viewOrder } from './viewOrder.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'orchestrator' | 'now'>;

export const takeOrder = ({ records, orchestrator, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/orders',
    tag: 'Orders',
    summary: 'Take an order in; the same content again gets the same answer',
    roles: MAY.takeOrdersIn,
    idempotent: true,
    // The order itself and its first event tell of it.
    audit: null,
    request: { body: order },
    replies: { 200: orderView, 201: orderView },
    errors: ['order.number_taken'],
    handle: async ({ body }) => replyTaken(records, await takeOrderIn({ ...records, orchestrator, now }, body)),
  });

/** The answer to an intake: the order as it is now. */
export async function replyTaken(records: Dependencies['records'], { isNew, record }: TakenOrder): Promise<Reply> {
  const body = await viewOrder(records, record);
  return { status: isNew ? 201 : 200, headers: { location: `/v1/orders/${record.order.number}` }, body };
}
