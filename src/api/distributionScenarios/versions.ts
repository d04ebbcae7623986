import { pageOf, pageQuery } from '../../schemas/page.js';
import { scenarioParams, scenarioVersionParams, scenarioVersionView } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';

type Dependencies = Pick<ApiDependencies, 'configuration'>;

const common = { tag: 'Distribution scenarios', roles: MAY.readConfiguration };

export const listVersions = ({ configuration: { distributionScenarios } }: Dependencies) =>
  endpoint({
    ...common,
    method: 'get',
    path: '/distribution-scenarios/{name}/versions',
    summary: 'List the published versions, newest first',
    list: 'cursor',
    request: { params: scenarioParams, query: pageQuery },
    replies: { 200: pageOf(scenarioVersionView) },
    errors: ['resource.not_found'],
    handle: async ({ params: { name }, query }) => {
      const found = await distributionScenarios.find(name);
      if (!found) throw notFound('scenario', name);
      const page = await distributionScenarios.versions.list(name, found.published?.version ?? 0, query);
      return { status: 200, body: { items: page.items.map((version) => ({ name, ...version })), next: page.next } };
    },
  });

export const readVersion = ({ configuration: { distributionScenarios } }: Dependencies) =>
  endpoint({
    ...common,
    method: 'get',
    path: '/distribution-scenarios/{name}/versions/{version}',
    summary: 'Read a published version',
    request: { params: scenarioVersionParams },
    replies: { 200: scenarioVersionView },
    errors: ['resource.not_found'],
    handle: async ({ params: { name, version } }) => {
      const found = await distributionScenarios.find(name);
      const isPublished = version <= (found?.published?.version ?? 0);
      const content = isPublished ? await distributionScenarios.versions.find(name, version) : null;
      if (!content) throw notFound('version', `${name}@${version}`);
      return { status: 200, body: { name, ...content } };
    },
  });
