import type { LifecycleChanges } from '../../domain/lifecycle/changes.js';
import { lifecycleDiagram } from '../../domain/lifecycle/diagram.js';
import { LIFECYCLE_NAMES, type LifecycleName } from '../../domain/lifecycle/pinned.js';
import {
  lifecycleDiagramQuery,
  lifecycleDiagramView,
  lifecycleParams,
  lifecycleVersionParams,
  lifecycleVersionView,
  lifecycleView,
} from '../../schemas/lifecycle.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import { decodeCursor, toPage } from '../../store/page.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { lifecycleNamed, tableOf } from './kinds.js';
import { inForceOf, revisionOf, showChanges, toLifecycleView } from './lifecycleViews.js';

type Lifecycles = ApiDependencies['configuration']['lifecycles'];

const reading = { method: 'get', tag: 'Life cycles', roles: MAY.readConfiguration } as const;

export const listLifecycles = (lifecycles: Lifecycles) =>
  endpoint({
    ...reading,
    path: '/lifecycles',
    summary: 'List the life cycles: what is in force, and the drafts',
    list: 'cursor',
    request: { query: pageQuery },
    replies: { 200: pageOf(lifecycleView) },
    handle: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? '' : String(decodeCursor(cursor, 1)[0]);
      const names = LIFECYCLE_NAMES.filter((name) => name > after);
      const { items, next } = toPage(names, limit, (name) => [name]);
      const views = items.map(async (name) => toLifecycleView(name, await lifecycles.find(name)));
      return { status: 200, body: { items: await Promise.all(views), next } };
    },
  });

export const readLifecycle = (lifecycles: Lifecycles) =>
  endpoint({
    ...reading,
    path: '/lifecycles/{name}',
    summary: 'Read a life cycle: the table in force, and what the brand changes in it',
    request: { params: lifecycleParams },
    replies: { 200: lifecycleView },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = lifecycleNamed(params.name);
      const life = await lifecycles.find(name);
      return { status: 200, headers: withEtag(revisionOf(life)), body: toLifecycleView(name, life) };
    },
  });

export const listLifecycleVersions = (lifecycles: Lifecycles) =>
  endpoint({
    ...reading,
    path: '/lifecycles/{name}/versions',
    summary: 'List the published versions of a life cycle, newest first',
    list: 'cursor',
    request: { params: lifecycleParams, query: pageQuery },
    replies: { 200: pageOf(lifecycleVersionView) },
    errors: ['resource.not_found'],
    handle: async ({ params, query }) => {
      const name = lifecycleNamed(params.name);
      const latest = (await lifecycles.find(name))?.published?.version ?? 0;
      const { items, next } = await lifecycles.versions.list(name, latest, query);
      const views = items.map(({ scenario, ...version }) => ({ name, ...version, changes: showChanges(scenario) }));
      return { status: 200, body: { items: views, next } };
    },
  });

export const readLifecycleVersion = (lifecycles: Lifecycles) =>
  endpoint({
    ...reading,
    path: '/lifecycles/{name}/versions/{version}',
    summary: 'Read a published version of a life cycle',
    request: { params: lifecycleVersionParams },
    replies: { 200: lifecycleVersionView },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = lifecycleNamed(params.name);
      const { scenario, ...version } = await findVersion(lifecycles, name, params.version);
      return { status: 200, body: { name, ...version, changes: showChanges(scenario) } };
    },
  });

export const drawLifecycle = (lifecycles: Lifecycles) =>
  endpoint({
    ...reading,
    path: '/lifecycles/{name}/diagram',
    summary: 'Draw a life cycle: the table in force, a version, or the draft',
    request: { params: lifecycleParams, query: lifecycleDiagramQuery },
    replies: { 200: lifecycleDiagramView },
    errors: ['resource.not_found'],
    handle: async ({ params, query: { of } }) => {
      const name = lifecycleNamed(params.name);
      return {
        status: 200,
        body: { name, diagram: lifecycleDiagram(tableOf(name, await changesOf(lifecycles, name, of))) },
      };
    },
  });

async function changesOf(
  lifecycles: Lifecycles,
  name: LifecycleName,
  of: number | 'draft' | undefined,
): Promise<LifecycleChanges | null> {
  if (typeof of === 'number') return (await findVersion(lifecycles, name, of)).scenario;
  const life = await lifecycles.find(name);
  if (of === undefined) return inForceOf(life)?.scenario ?? null;
  if (!life?.draft) throw notFound('life cycle', `${name} with a draft`);
  return life.draft;
}

async function findVersion(lifecycles: Lifecycles, name: string, version: number) {
  const found = await lifecycles.findVersion(name, version);
  if (!found) throw notFound('version', `${name}@${version}`);
  return found;
}
