import { lintScenario } from '../../domain/planning/lint/lintScenario.js';
import { lintReport } from '../../schemas/lintView.js';
import { scenarioParams, scenarioVersionQuery } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { readNewest, readPart } from './readPart.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';

export const lintStored = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path: `${kind.path}/{name}/lint`,
    tag: kind.tag,
    summary: 'What is wrong or doubtful in the draft, or in what is published',
    roles: MAY.readConfiguration,
    request: { params: scenarioParams, query: scenarioVersionQuery },
    replies: { 200: lintReport },
    errors: ['resource.not_found'],
    handle: async ({ params: { name }, query }) => {
      const { scenario, version } = await (query.version === undefined
        ? readNewest(kind, name)
        : readPart(kind, name, query.version));
      const findings = lintScenario(scenario, await kind.surroundings());
      return { status: 200, body: { kind: kind.kind, name, version, findings } };
    },
  });

export const lintGiven = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'post',
    path: `${kind.path}/lint`,
    tag: kind.tag,
    summary: 'The same for a scenario that is not saved; nothing is written',
    roles: MAY.readConfiguration,
    request: { body: kind.schema },
    replies: { 200: lintReport },
    handle: async ({ body }) => {
      const scenario = body as unknown as Content;
      const findings = lintScenario(scenario, await kind.surroundings());
      return { status: 200, body: { kind: kind.kind, name: scenario.name, version: null, findings } };
    },
  });
