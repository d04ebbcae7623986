import { pageOf } from '../../schemas/page.js';
import { scenarioParams, scenarioQuery, scenarioView } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { toScenarioView } from './toScenarioView.js';

type Dependencies = Pick<ApiDependencies, 'configuration'>;

export const listScenarios = ({ configuration: { distributionScenarios } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/distribution-scenarios',
    tag: 'Distribution scenarios',
    summary: 'List the scenarios with their drafts',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: scenarioQuery },
    replies: { 200: pageOf(scenarioView) },
    handle: async ({ query }) => {
      const page = await distributionScenarios.list(query);
      return { status: 200, body: { items: page.items.map(toScenarioView), next: page.next } };
    },
  });

export const readScenario = ({ configuration: { distributionScenarios } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/distribution-scenarios/{name}',
    tag: 'Distribution scenarios',
    summary: 'Read a scenario with its draft',
    roles: MAY.readConfiguration,
    request: { params: scenarioParams },
    replies: { 200: scenarioView },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      const found = await distributionScenarios.find(name);
      if (!found) throw notFound('scenario', name);
      return { status: 200, headers: withEtag(found.revision), body: toScenarioView(found) };
    },
  });
