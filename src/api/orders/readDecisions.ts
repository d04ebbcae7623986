import { OmsError } from '../../platform/errors.js';
import { decisionParams, decisionView, orderParams } from '../../schemas/orderRequests.js';
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
      const decisions = (await records.decisions.ofOrder(number)).filter(({ n }) => n > after).map(toSummary);
      return { status: 200, body: toPage(decisions, limit, ({ n }) => [n]) };
    },
  });

export const readDecision = ({ records }: Pick<ApiDependencies, 'records'>) =>
  endpoint({
    method: 'get',
    path: '/orders/{number}/decisions/{n}',
    tag: 'Orders',
    summary: 'One decision with everything that it was made from but the configuration',
    roles: MAY.readConfiguration,
    request: { params: decisionParams },
    replies: { 200: decisionView },
    errors: ['resource.not_found'],
    handle: async ({ params: { number, n }, caller }) => {
      await findOrder(records, number, caller);
      const decision = await records.decisions.find(number, n);
      if (!decision) throw new OmsError('resource.not_found', `Order ${number} has no decision ${n}`);
      return { status: 200, body: toView(decision) };
    },
  });

/** Rows of the stock answer in a list: thousands of locations must not make it a megabyte. */
const ROWS_IN_LIST = 200;

function toSummary(decision: Decision) {
  const view = toView(decision);
  if (!view.input) return { ...view, stock: view.stock.slice(0, ROWS_IN_LIST) };
  const { reserved: _, openPackages: __, lastWorkAt: ___, ...input } = view.input;
  return { ...view, stock: view.stock.slice(0, ROWS_IN_LIST), input };
}

function toView({ n, status, stockAt, stock, plan }: Decision) {
  return {
    n,
    status,
    stockAt,
    stock,
    stockRows: stock.length,
    at: plan?.at ?? null,
    inputHash: plan?.inputHash ?? null,
    input: plan?.input ?? null,
    answer: plan?.answer ?? null,
    packages: plan?.packages.map((draft) => draft.number) ?? [],
  };
}
