import { OmsError } from '../../platform/errors.js';
import { identifier } from '../../schemas/common.js';
import { scenarioParams } from '../../schemas/scenarioView.js';
import type { ScenarioRecord } from '../../store/scenarios.js';
import { MAY } from '../auth/roles.js';
import { endpoint, type Reply } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { changedMeanwhile, requireMatch, requireNoMatch, withEtag } from '../serve/etag.js';
import { requireUsable } from './requireUsable.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';
import { toScenarioView } from './toScenarioView.js';

export const createDraft = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'post',
    path: kind.path,
    tag: kind.tag,
    summary: `Begin a draft, of a new ${kind.noun} or of the next version`,
    roles: MAY.configure,
    idempotent: true,
    request: { body: kind.schema },
    replies: { 201: kind.view },
    errors: ['resource.exists', 'request.unprocessable'],
    handle: async ({ body }) => {
      const draft = body as unknown as Content;
      await requireUsable(kind, draft);
      const made = await begin(kind, draft);
      if (!made) throw new OmsError('resource.exists', `${draft.name} has a draft already; change it with PUT`);
      return created(kind, made);
    },
  });

export const putDraft = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'put',
    path: `${kind.path}/{name}`,
    tag: kind.tag,
    summary: 'Create or replace the draft; what is published stays as it is',
    roles: MAY.configure,
    request: { params: scenarioParams, body: kind.schema.extend({ name: identifier.exactOptional() }) },
    replies: { 200: kind.view, 201: kind.view },
    errors: ['request.unprocessable', 'version.required', 'version.mismatch'],
    handle: async ({ params: { name }, body, headers }) => {
      const given = body as unknown as Content;
      const draft = { ...given, name: sameName(name, given.name) };
      const found = await kind.repository.find(name);
      if (found) requireMatch(headers, found.revision);
      else requireNoMatch(headers);
      await requireUsable(kind, draft);
      if (!found) {
        const made = await begin(kind, draft);
        if (!made) throw new OmsError('version.required', 'Someone created it in the meantime');
        return created(kind, made);
      }
      const made = await kind.repository.writeDraft(name, draft, found.revision, kind.now());
      if (!made) throw changedMeanwhile();
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });

export const deleteDraft = <Content extends AnyScenario>({
  path,
  tag,
  noun,
  repository,
  now,
  moved,
}: ScenarioKind<Content>) =>
  endpoint({
    method: 'delete',
    path: `${path}/{name}/draft`,
    tag,
    summary: `Throw the draft away; a ${noun} that was never published is gone then`,
    roles: MAY.configure,
    request: { params: scenarioParams },
    replies: { 204: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      if (!(await repository.deleteDraft(name, now()))) throw notFound('draft', name);
      await moved?.(name);
      return { status: 204 };
    },
  });

const begin = <Content extends AnyScenario>({ repository, now }: ScenarioKind<Content>, draft: Content) =>
  repository.createDraft(draft.name, draft, now());

const created = <Content extends AnyScenario>(
  { path }: ScenarioKind<Content>,
  made: ScenarioRecord<Content>,
): Reply => ({
  status: 201,
  headers: { location: `/v1${path}/${made.name}`, ...withEtag(made.revision) },
  body: toScenarioView(made),
});

function sameName(inPath: string, inBody: string | undefined): string {
  if (inBody === undefined || inBody === inPath) return inPath;
  throw new OmsError('request.malformed', 'The name in the body is not the one in the path', {
    errors: [{ pointer: '/name', detail: `must be ${inPath}, as in the path, or be left out` }],
  });
}
