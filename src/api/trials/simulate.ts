import { caseFaults } from '../../domain/planning/caseFaults.js';
import { withDraft } from '../../domain/planning/compare/withDraft.js';
import type { PlanCase } from '../../domain/planning/planCase.js';
import { OmsError } from '../../platform/errors.js';
import { planAnswer, simulation, simulationQuery } from '../../schemas/simulation.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findDraft } from './findDraft.js';
import { liveCase } from './liveCase.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'stockClient' | 'planner' | 'now'>;

// As many as a body that does not parse may show.
const MAX_FAULTS = 50;

export const simulate = (dependencies: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/distribution-scenarios/simulate',
    tag: 'Distribution scenarios',
    summary: 'How an order would be planned, now or in a case of your own; nothing is saved or reserved',
    roles: MAY.configure,
    request: { query: simulationQuery, body: simulation },
    replies: { 200: planAnswer },
    errors: [
      'request.unprocessable',
      'resource.not_found',
      'scenario.not_a_draft',
      'stock.unreachable',
      'stock.malformed_answer',
    ],
    handle: async ({ query: { draft: name }, body }) => {
      const { configuration, planner } = dependencies;
      const found = name === undefined ? null : await findDraft(configuration, name);
      const live = await liveCase(dependencies, body);
      const input = found ? withDraft(live, found.draft, found.version) : live;
      requirePlannable(input);
      const { planningBudgetMs: budgetMs } = await configuration.settings.read();
      return { status: 200, body: await planner.plan(input, { budgetMs }) };
    },
  });

/** Pointers are into the whole case, what was left out included. */
function requirePlannable(input: PlanCase): void {
  const errors = caseFaults(input).slice(0, MAX_FAULTS);
  if (errors.length === 0) return;
  throw new OmsError('request.unprocessable', 'The case cannot be planned as it is', { errors });
}
