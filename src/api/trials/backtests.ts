import { OmsError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import { scenarioParams } from '../../schemas/scenarioView.js';
import {
  backtestBody,
  backtestListed,
  backtestParams,
  backtestQuery,
  backtestView,
  trialDifference,
} from '../../schemas/trial.js';
import type { Trial } from '../../store/trials.js';
import { MAY } from '../auth/roles.js';
import { occasionOf } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Call } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { findDraft } from './findDraft.js';
import { toBacktestView, toListedBacktest } from './trialViews.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'orchestrator' | 'now'>;

const tag = 'Backtests';

export const startBacktest = ({ configuration, records, orchestrator, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/distribution-scenarios/{name}/backtest',
    tag,
    summary: 'Plan past orders again with the draft, beside what was decided; goes on in the background',
    roles: MAY.configure,
    idempotent: true,
    request: { params: scenarioParams, body: backtestBody },
    replies: { 202: backtestView },
    errors: ['resource.not_found', 'scenario.not_a_draft'],
    handle: async ({ params: { name }, body, caller, headers }) => {
      const found = await findDraft(configuration, name);
      const id = idFor({ caller, headers }, name);
      const at = now();
      const { from, to = at.toISOString(), last } = body;
      const window = await records.decisions.freshWindow({ last, to, ...(from === undefined ? {} : { from }) });
      const { after: place, until, total } = window;
      const begun = {
        id,
        kind: 'backtest',
        scenario: name,
        ...found,
        place,
        until,
        total,
        createdBy: caller.id,
      } as const;
      await records.trials.begin(begun, at);
      await orchestrator.startTrial(id, 'backtest', name);
      const trial = await findBacktest(records, id);
      const location = `/v1/backtests/${id}`;
      return { status: 202, headers: { location }, body: await toBacktestView(records.trials, trial) };
    },
  });

/** A repeat with the same key means the same backtest, also when the first attempt was cut off. */
function idFor({ caller, headers }: Pick<Call<object>, 'caller' | 'headers'>, about: string): string {
  if (headers['idempotency-key'] === undefined) return newId('backtest');
  return `bkt_${occasionOf(caller, headers, `backtest ${about}`).slice(0, 26)}`;
}

export const listBacktests = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/backtests',
    tag,
    summary: 'List backtests with their progress, newest first',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: backtestQuery },
    replies: { 200: pageOf(backtestListed) },
    handle: async ({ query }) => {
      const { items, next } = await records.trials.backtests(query);
      return { status: 200, body: { items: items.map(toListedBacktest), next } };
    },
  });

export const readBacktest = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/backtests/{id}',
    tag,
    summary: 'Progress and report of a backtest',
    roles: MAY.readConfiguration,
    request: { params: backtestParams },
    replies: { 200: backtestView },
    errors: ['resource.not_found'],
    handle: async ({ params: { id } }) => {
      const trial = await findBacktest(records, id);
      return { status: 200, body: await toBacktestView(records.trials, trial) };
    },
  });

export const listBacktestDifferences = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/backtests/{id}/differences',
    tag,
    summary: 'Every order that the draft would have planned otherwise',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { params: backtestParams, query: pageQuery },
    replies: { 200: pageOf(trialDifference) },
    errors: ['resource.not_found'],
    handle: async ({ params: { id }, query }) => {
      await findBacktest(records, id);
      return { status: 200, body: await records.trials.differences(id, query) };
    },
  });

export const cancelBacktest = ({ records, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/backtests/{id}/cancel',
    tag,
    summary: 'End a backtest early; its report stays as far as it got',
    roles: MAY.configure,
    idempotent: true,
    request: { params: backtestParams },
    replies: { 200: backtestView },
    errors: ['resource.not_found', 'backtest.over'],
    handle: async ({ params: { id } }) => {
      await findBacktest(records, id);
      const ended = await records.trials.end(id, 'cancelled', 'it was cancelled', now());
      if (!ended) throw new OmsError('backtest.over', `${id} has ended already`);
      return { status: 200, body: await toBacktestView(records.trials, ended) };
    },
  });

async function findBacktest({ trials }: Dependencies['records'], id: string): Promise<Trial> {
  const trial = await trials.find(id);
  if (trial?.kind !== 'backtest') throw notFound('backtest', id);
  return trial;
}
