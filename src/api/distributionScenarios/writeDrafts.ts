import type { Scenario } from '../../domain/configuration/scenario.js';
import { OmsError } from '../../platform/errors.js';
import { scenario } from '../../schemas/scenario.js';
import { scenarioParams, scenarioView } from '../../schemas/scenarioView.js';
import type { ScenarioRecord } from '../../store/scenarios.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Reply } from '../endpoint.js';
import { changedMeanwhile, requireMatch, requireNoMatch, withEtag } from '../serve/etag.js';
import { requireUsable } from './requireUsable.js';
import { toScenarioView } from './toScenarioView.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'now'>;

const common = { tag: 'Distribution scenarios', roles: MAY.configure };

export const createDraft = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/distribution-scenarios',
    summary: 'Begin a draft, of a new scenario or of the next version',
    idempotent: true,
    request: { body: scenario },
    replies: { 201: scenarioView },
    errors: ['resource.exists', 'request.unprocessable'],
    handle: async ({ body }) => {
      await requireUsable(dependencies, body);
      const made = await begin(dependencies, body);
      if (!made) throw new OmsError('resource.exists', `${body.name} has a draft already; change it with PUT`);
      return created(made);
    },
  });

export const putDraft = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'put',
    path: '/distribution-scenarios/{name}',
    summary: 'Create or replace the draft; what is published stays as it is',
    request: { params: scenarioParams, body: scenario.extend({ name: scenario.shape.name.exactOptional() }) },
    replies: { 200: scenarioView, 201: scenarioView },
    errors: ['request.unprocessable', 'version.required', 'version.mismatch'],
    handle: async ({ params: { name }, body, headers }) => {
      const draft = { ...body, name: sameName(name, body.name) };
      const { distributionScenarios } = dependencies.configuration;
      const found = await distributionScenarios.find(name);
      if (found) requireMatch(headers, found.revision);
      else requireNoMatch(headers);
      await requireUsable(dependencies, draft);
      if (!found) {
        const made = await begin(dependencies, draft);
        if (!made) throw new OmsError('version.required', 'Someone created it in the meantime');
        return created(made);
      }
      const made = await distributionScenarios.writeDraft(name, draft, found.revision, dependencies.now());
      if (!made) throw changedMeanwhile();
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });

const begin = ({ configuration, now }: Dependencies, draft: Scenario) =>
  configuration.distributionScenarios.createDraft(draft.name, draft, now());

const created = (made: ScenarioRecord<Scenario>): Reply => ({
  status: 201,
  headers: { location: `/v1/distribution-scenarios/${made.name}`, ...withEtag(made.revision) },
  body: toScenarioView(made),
});

function sameName(inPath: string, inBody: string | undefined): string {
  if (inBody === undefined || inBody === inPath) return inPath;
  throw new OmsError('request.malformed', 'The name in the body is not the one in the path', {
    errors: [{ pointer: '/name', detail: `must be ${inPath}, as in the path, or be left out` }],
  });
}
