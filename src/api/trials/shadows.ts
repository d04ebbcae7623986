import { whyShadowEnds } from '../../domain/planning/compare/whyShadowEnds.js';
import { OmsError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { sameContent } from '../../platform/fingerprint.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import { scenarioParams } from '../../schemas/scenarioView.js';
import { shadowBody, shadowView, trialDifference } from '../../schemas/trial.js';
import type { Trial } from '../../store/trials.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Reply } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { findDraft } from './findDraft.js';
import { toShadowView } from './trialViews.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'orchestrator' | 'now'>;

const common = { path: '/distribution-scenarios/{name}/shadow', tag: 'Shadows' } as const;

export const switchShadow = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    summary: 'Let the draft plan live orders beside what plans them, without acting; or end that',
    roles: MAY.configure,
    idempotent: true,
    request: { params: scenarioParams, body: shadowBody },
    replies: { 200: shadowView, 201: shadowView },
    errors: ['resource.not_found', 'scenario.not_a_draft'],
    handle: ({ params: { name }, body: { enabled }, caller }) =>
      enabled ? begin(dependencies, name, caller.id) : end(dependencies, name),
  });

/** The draft is frozen as it is now. A shadow of an older draft ends; one of the same goes on. */
async function begin(dependencies: Dependencies, name: string, createdBy: string): Promise<Reply> {
  const { configuration, records, orchestrator, now } = dependencies;
  const { trials } = records;
  const found = await findDraft(configuration, name);
  for (;;) {
    const latest = await trials.latestShadow(name);
    const running = latest?.state === 'running' ? latest : null;
    if (running && running.version === found.version && sameContent(running.draft, found.draft)) {
      await orchestrator.startTrial(running.id, 'shadow', name);
      return { status: 200, body: await toShadowView(trials, running, null) };
    }
    if (running) await trials.end(running.id, 'finished', 'a shadow of a newer draft was begun', now());
    const id = newId('shadow');
    const at = now();
    const place = { at: at.toISOString(), id: '' };
    const begun = { id, kind: 'shadow', scenario: name, ...found, place, until: null, total: null, createdBy } as const;
    // False when somebody else began one in between: that one is looked at in the next round.
    if (!(await trials.begin(begun, at))) continue;
    await orchestrator.startTrial(id, 'shadow', name);
    const made = await trials.find(id);
    if (!made) throw new OmsError('internal', `${id} is not there`);
    return { status: 201, body: await toShadowView(trials, made, null) };
  }
}

async function end({ records: { trials }, now }: Dependencies, name: string): Promise<Reply> {
  const latest = await trials.latestShadow(name);
  if (!latest) throw notFound('shadow of', name);
  const ended = await trials.end(latest.id, 'finished', 'it was stopped', now());
  return { status: 200, body: await toShadowView(trials, ended ?? latest, null) };
}

export const readShadow = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'get',
    summary: 'What the latest shadow of the scenario has found',
    roles: MAY.readConfiguration,
    request: { params: scenarioParams },
    replies: { 200: shadowView },
    errors: ['resource.not_found'],
    handle: async ({ params: { name } }) => {
      const { configuration, records } = dependencies;
      const trial = await findShadow(records, name);
      const over = whyShadowEnds(await configuration.distributionScenarios.find(name), trial);
      return { status: 200, body: await toShadowView(records.trials, trial, over) };
    },
  });

export const listShadowDifferences = ({ records }: Dependencies) =>
  endpoint({
    ...common,
    method: 'get',
    path: `${common.path}/differences`,
    summary: 'Every order that the latest shadow would have planned otherwise',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { params: scenarioParams, query: pageQuery },
    replies: { 200: pageOf(trialDifference) },
    errors: ['resource.not_found'],
    handle: async ({ params: { name }, query }) => {
      const { id } = await findShadow(records, name);
      return { status: 200, body: await records.trials.differences(id, query) };
    },
  });

async function findShadow({ trials }: Dependencies['records'], name: string): Promise<Trial> {
  const trial = await trials.latestShadow(name);
  if (!trial) throw notFound('shadow of', name);
  return trial;
}
