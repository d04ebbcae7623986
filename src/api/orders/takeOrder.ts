import { OmsError } from '../../platform/errors.js';
import { order } from '../../schemas/order.js';
import { orderView } from '../../schemas/orderView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
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
    handle: async ({ body }) => {
      const { number } = body;
      const outcome = await records.orders.insertReceived(body, now());
      if (outcome === 'different') {
        throw new OmsError('order.number_taken', `There is another order ${number} with other content`);
      }
      const stored = await records.orders.find(number);
      if (!stored) throw notFound('order', number);
      // Version 0 was stored and never begun; one that has begun may have ended and must not begin again.
      if (stored.version === 0) await orchestrator.startOrder(stored.order);
      const view = await viewOrder(records, stored);
      return { status: outcome === 'created' ? 201 : 200, headers: { location: `/v1/orders/${number}` }, body: view };
    },
  });
