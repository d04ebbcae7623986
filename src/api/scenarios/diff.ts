import { diffScenarios } from '../../domain/planning/diff/diffScenarios.js';
import { OmsError } from '../../platform/errors.js';
import { diffQuery, scenarioDiff } from '../../schemas/scenarioDiff.js';
import { scenarioParams } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { readNewest, readPart, type Part } from './readPart.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';

export const diffVersions = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'get',
    path: `${kind.path}/{name}/diff`,
    tag: kind.tag,
    summary: 'What changed between two versions, or from what is published to the draft, in words',
    roles: MAY.readConfiguration,
    request: { params: scenarioParams, query: diffQuery },
    replies: { 200: scenarioDiff },
    errors: ['resource.not_found', 'request.unprocessable'],
    handle: async ({ params: { name }, query }) => {
      const to = query.to === undefined ? await readNewest(kind, name) : await readPart(kind, name, query.to);
      const from = await readPart(kind, name, query.from ?? (await versionBefore(kind, name, to)));
      const changes = diffScenarios(from.scenario, to.scenario);
      return { status: 200, body: { name, from: from.version, to: to.version, changes } };
    },
  });

/** Of a draft what is published, of a version the one before. @throws {OmsError} when nothing is before it. */
async function versionBefore<Content extends AnyScenario>(
  { repository }: ScenarioKind<Content>,
  name: string,
  { version }: Part<Content>,
): Promise<number> {
  const before = version === null ? ((await repository.find(name))?.published?.version ?? 0) : version - 1;
  if (before > 0) return before;
  const what = version === null ? 'The draft' : `Version ${version}`;
  throw new OmsError('request.unprocessable', `${what} of ${name} is the first: there is nothing to compare it with`, {
    errors: [{ pointer: 'from', detail: 'give the version to compare with' }],
  });
}
