import { decisionView, orderParams } from '../../schemas/orderRequests.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import type { Decision } from '../../store/decisions.js';
import { decodeCursor, toPage } from '../../store/page.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findOrder } from './orderAccess.js';

export const listDecisions = ({ records }: Pick<ApiDependencies, 'records'>) =>
  endpoint({
    method: 'get',
    path: '/orders/{number}/decisions',
    tag: 'Orders',
    summary: 'Why the order was planned as it was: every decision, oldest first',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { params: orderParams, query: pageQuery },
    replies: { 200: pageOf(decisionView) },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, query: { limit, cursor }, caller }) => {
      await findOrder(records, number, caller);
      const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, 1)[0]);
      const decisions = (await records.decisions.ofOrder(number)).filter(({ n }) => n > after).map(toView);
      return { status: 200, body: toPage(decisions, limit, ({ n }) => [n]) };
    },
  });

function toView({ n, status, stockAt, stock, plan }: Decision) {
  return {
    n,
    status,
    stockAt,
    stock,
    at: plan?.at ?? null,
    inputHash: plan?.inputHash ?? null,
    input: plan?.input ?? null,
    answer: plan?.answer ?? null,
    packages: plan?.packages.map((draft) => draft.number) ?? [],
  };
}
