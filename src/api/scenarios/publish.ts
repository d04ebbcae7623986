import { OmsError } from '../../platform/errors.js';
import { scenarioParams } from '../../schemas/scenarioView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { requireUsable } from './requireUsable.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';
import { toScenarioView } from './toScenarioView.js';

export const publishScenario = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'post',
    path: `${kind.path}/{name}/publish`,
    tag: kind.tag,
    summary: 'Make the draft the next numbered version, which plans orders from now on',
    roles: MAY.configure,
    idempotent: true,
    request: { params: scenarioParams },
    replies: { 200: kind.view },
    errors: ['resource.not_found', 'scenario.not_a_draft', 'request.unprocessable'],
    handle: async ({ params: { name }, caller }) => {
      const { repository, noun, now, published } = kind;
      if (!(await repository.find(name))) throw notFound(noun, name);
      // What was fine when it was written may name a location that is gone.
      const made = await repository.publish(name, caller.id, now(), (draft) => requireUsable(kind, draft));
      if (!made) throw new OmsError('scenario.not_a_draft', `${name} has no draft`);
      await published?.(name);
      await kind.moved?.(name);
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });

export const archiveScenario = <Content extends AnyScenario>(kind: ScenarioKind<Content>) =>
  endpoint({
    method: 'post',
    path: `${kind.path}/{name}/archive`,
    tag: kind.tag,
    summary: 'Plan no more orders by it; publishing a draft brings it back',
    roles: MAY.configure,
    idempotent: true,
    request: { params: scenarioParams },
    replies: { 200: kind.view },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      const made = await kind.repository.archive(name, kind.now());
      if (!made) throw notFound(kind.noun, name);
      await kind.moved?.(name);
      return { status: 200, headers: withEtag(made.revision), body: toScenarioView(made) };
    },
  });
