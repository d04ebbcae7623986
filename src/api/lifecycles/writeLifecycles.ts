import type { LifecycleChanges, TransitionChange } from '../../domain/lifecycle/changes.js';
import { OmsError } from '../../platform/errors.js';
import {
  lifecycleChanges,
  lifecycleCheck,
  lifecycleParams,
  lifecycleView,
  type WrittenChanges,
} from '../../schemas/lifecycle.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { completeAuth } from '../outgoing/auth.js';
import { changedMeanwhile, requireMatch, withEtag } from '../serve/etag.js';
import { faultsOf, lifecycleNamed } from './kinds.js';
import { revisionOf, toLifecycleView, type Life } from './lifecycleViews.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'checkUrl' | 'now'>;

const writing = { tag: 'Life cycles', roles: MAY.configure } as const;

export const putLifecycle = ({ configuration: { lifecycles }, checkUrl, now }: Dependencies) =>
  endpoint({
    ...writing,
    method: 'put',
    path: '/lifecycles/{name}',
    summary: 'Begin or replace the draft of a life cycle; what is in force stays as it is',
    request: { params: lifecycleParams, body: lifecycleChanges },
    replies: { 200: lifecycleView },
    errors: ['resource.not_found', 'request.unprocessable', 'egress.refused', 'version.required', 'version.mismatch'],
    handle: async ({ params, body, headers }) => {
      const name = lifecycleNamed(params.name);
      const life = await lifecycles.find(name);
      requireMatch(headers, revisionOf(life));
      const draft = withSecrets(body, life, checkUrl);
      const made = life
        ? await lifecycles.writeDraft(name, draft, life.revision, now())
        : await lifecycles.createDraft(name, draft, now());
      if (!made) throw changedMeanwhile();
      return { status: 200, headers: withEtag(made.revision), body: toLifecycleView(name, made) };
    },
  });

/** Secrets are write-only: one that is left out is the one of the same transition before. */
function withSecrets(written: WrittenChanges, life: Life, checkUrl: Dependencies['checkUrl']): LifecycleChanges {
  const before = [life?.draft, life?.published?.scenario].flatMap((changes) => changes?.transitions ?? []);
  const transitions = written.transitions.map(({ requestInvoice, ...change }, index): TransitionChange => {
    if (!requestInvoice) return change;
    const previous = before.find((other) => isSame(other, change) && other.requestInvoice)?.requestInvoice ?? null;
    const auth = completeAuth(requestInvoice, previous, checkUrl, `/transitions/${index}/requestInvoice`);
    return { ...change, requestInvoice: { ...requestInvoice, auth } };
  });
  return { ...written, transitions };
}

type Transition = Pick<TransitionChange, 'command' | 'from'>;

const isSame = (one: Transition, other: Transition): boolean =>
  one.command === other.command && String(one.from) === String(other.from);

export const deleteLifecycleDraft = ({ configuration: { lifecycles }, now }: Dependencies) =>
  endpoint({
    ...writing,
    method: 'delete',
    path: '/lifecycles/{name}/draft',
    summary: 'Throw the draft of a life cycle away; what is in force stays as it is',
    request: { params: lifecycleParams },
    replies: { 204: null },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = lifecycleNamed(params.name);
      if (!(await lifecycles.deleteDraft(name, now()))) throw notFound('draft', name);
      return { status: 204 };
    },
  });

export const checkLifecycleDraft = ({ configuration: { lifecycles } }: Dependencies) =>
  endpoint({
    ...writing,
    method: 'post',
    path: '/lifecycles/{name}/check',
    summary: 'Tell everything that speaks against publishing the draft; nothing is written',
    roles: MAY.readConfiguration,
    request: { params: lifecycleParams },
    replies: { 200: lifecycleCheck },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = lifecycleNamed(params.name);
      const draft = (await lifecycles.find(name))?.draft;
      if (!draft) throw notFound('life cycle', `${name} with a draft`);
      const faults = faultsOf(name, draft);
      return { status: 200, body: { name, isSound: faults.length === 0, faults } };
    },
  });

export const publishLifecycle = ({ configuration: { lifecycles }, now }: Dependencies) =>
  endpoint({
    ...writing,
    method: 'post',
    path: '/lifecycles/{name}/publish',
    summary: 'Check the draft and make it the next version, which all that begins from now on keeps',
    idempotent: true,
    request: { params: lifecycleParams },
    replies: { 200: lifecycleView },
    errors: ['resource.not_found', 'lifecycle.not_a_draft', 'request.unprocessable'],
    handle: async ({ params, caller }) => {
      const name = lifecycleNamed(params.name);
      const made = await lifecycles.publish(name, caller.id, now(), (draft) => {
        const errors = faultsOf(name, draft);
        if (errors.length > 0)
          throw new OmsError('request.unprocessable', `The ${name} life cycle is not sound`, { errors });
      });
      if (!made) throw new OmsError('lifecycle.not_a_draft', `${name} has no draft`);
      return { status: 200, headers: withEtag(made.revision), body: toLifecycleView(name, made) };
    },
  });

export const archiveLifecycle = ({ configuration: { lifecycles }, now }: Dependencies) =>
  endpoint({
    ...writing,
    method: 'post',
    path: '/lifecycles/{name}/archive',
    summary: 'Go back to the default table, for all that begins from now on',
    idempotent: true,
    request: { params: lifecycleParams },
    replies: { 200: lifecycleView },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = lifecycleNamed(params.name);
      const isPublished = (await lifecycles.find(name))?.published;
      const made = isPublished ? await lifecycles.archive(name, now()) : null;
      if (!made) throw notFound('published life cycle', name);
      return { status: 200, headers: withEtag(made.revision), body: toLifecycleView(name, made) };
    },
  });
