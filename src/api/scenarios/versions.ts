import { pageOf, pageQuery } from '../../schemas/page.js';
import { scenarioParams, scenarioVersionParams } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { shownPage, type AnyScenario, type ScenarioKind } from './scenarioKind.js';

export const listVersions = <Content extends AnyScenario>({
  path,
  tag,
  noun,
  versionView,
  repository,
}: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path: `${path}/{name}/versions`,
    tag,
    summary: 'List the published versions, newest first',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { params: scenarioParams, query: pageQuery },
    replies: { 200: pageOf(versionView) },
    errors: ['resource.not_found'],
    handle: async ({ params: { name }, query }) => {
      const found = await repository.find(name);
      if (!found) throw notFound(noun, name);
      const page = await repository.versions.list(name, found.published?.version ?? 0, query);
      return { status: 200, body: shownPage(page, (version) => ({ name, ...version })) };
    },
  });

export const readVersion = <Content extends AnyScenario>({
  path,
  tag,
  versionView,
  repository,
}: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path: `${path}/{name}/versions/{version}`,
    tag,
    summary: 'Read a published version',
    roles: MAY.readConfiguration,
    request: { params: scenarioVersionParams },
    replies: { 200: versionView },
    errors: ['resource.not_found'],
    handle: async ({ params: { name, version } }) => {
      const content = await repository.findVersion(name, version);
      if (!content) throw notFound('version', `${name}@${version}`);
      return { status: 200, body: { name, ...content } };
    },
  });
