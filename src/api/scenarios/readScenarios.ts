import { pageOf } from '../../schemas/page.js';
import { scenarioParams, scenarioQuery } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { shownPage, type AnyScenario, type ScenarioKind } from './scenarioKind.js';
import { toScenarioView } from './toScenarioView.js';

export const listScenarios = <Content extends AnyScenario>({
  path,
  tag,
  noun,
  view,
  repository,
}: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path,
    tag,
    summary: `List every ${noun} with its draft`,
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: scenarioQuery },
    replies: { 200: pageOf(view) },
    handle: async ({ query }) => ({ status: 200, body: shownPage(await repository.list(query), toScenarioView) }),
  });

export const readScenario = <Content extends AnyScenario>({
  path,
  tag,
  noun,
  view,
  repository,
}: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path: `${path}/{name}`,
    tag,
    summary: `Read a ${noun} with its draft`,
    roles: MAY.readConfiguration,
    request: { params: scenarioParams },
    replies: { 200: view },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      const found = await repository.find(name);
      if (!found) throw notFound(noun, name);
      return { status: 200, headers: withEtag(found.revision), body: toScenarioView(found) };
    },
  });
