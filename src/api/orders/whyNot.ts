import { OmsError } from '../../platform/errors.js';
import { decisionParams, whyNotQuery, whyNotView } from '../../schemas/orderRequests.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findOrder } from './orderAccess.js';

/** A caller waits for the answer; what is known by then is told. */
const WITHIN_MS = 10_000;

export const whyNot = ({ records, planner }: Pick<ApiDependencies, 'records' | 'planner'>) =>
  endpoint({
    method: 'get',
    path: '/orders/{number}/decisions/{n}/why-not',
    tag: 'Orders',
    summary: 'Why a location packs nothing of the order, and the smallest change that would have made it win',
    roles: MAY.readConfiguration,
    request: { params: decisionParams, query: whyNotQuery },
    replies: { 200: whyNotView },
    errors: ['resource.not_found', 'request.unprocessable', 'service.unavailable'],
    handle: async ({ params: { number, n }, query: { location }, caller }) => {
      await findOrder(records, number, caller);
      const decision = await records.decisions.find(number, n);
      const input = decision && (await records.decisions.caseOf(decision));
      if (!input) throw new OmsError('resource.not_found', `Order ${number} has no decision ${n} that was planned`);
      if (!input.locations.some(({ code }) => code === location)) {
        const detail = `there was no location ${location} when the decision was made`;
        throw new OmsError('request.unprocessable', detail, { errors: [{ pointer: 'location', detail }] });
      }
      const budgetMs = decision.plan?.input.budgetMs ?? 0;
      return { status: 200, body: await planner.whyNot(input, { location, budgetMs, withinMs: WITHIN_MS }) };
    },
  });
