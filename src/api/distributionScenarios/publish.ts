import { OmsError } from '../../platform/errors.js';
import { scenarioParams, scenarioView } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { requireUsable } from './requireUsable.js';
import { toScenarioView } from './toScenarioView.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'now' | 'scenarioPublished'>;

const common = { tag: 'Distribution scenarios', roles: MAY.configure, idempotent: true };

export const publishScenario = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/distribution-scenarios/{name}/publish',
    summary: 'Make the draft the next numbered version, which plans orders from now on',
    request: { params: scenarioParams },
    replies: { 200: scenarioView },
    errors: ['resource.not_found', 'scenario.not_a_draft', 'request.unprocessable'],
    handle: async ({ params: { name }, caller }) => {
      const { configuration, now, scenarioPublished } = dependencies;
      const found = await configuration.distributionScenarios.find(name);
      if (!found) throw notFound('scenario', name);
      // What was fine when it was written may name a location that is gone.
      if (found.draft) await requireUsable(dependencies, found.draft);
      const made = await configuration.distributionScenarios.publish(name, caller.id, now());
      if (!made) throw new OmsError('scenario.not_a_draft', `${name} has no draft`);
      await scenarioPublished(name);
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });

export const archiveScenario = ({ configuration: { distributionScenarios }, now }: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/distribution-scenarios/{name}/archive',
    summary: 'Plan no more orders by it; publishing a draft brings it back',
    request: { params: scenarioParams },
    replies: { 200: scenarioView },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      const made = await distributionScenarios.archive(name, now());
      if (!made) throw notFound('scenario', name);
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });
