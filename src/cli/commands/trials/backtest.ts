import { setTimeout as pause } from 'node:timers/promises';

import type { Command } from 'commander';
import type { z } from 'zod';

import type { backtestView } from '../../../schemas/trial.js';
import type { ApiClient } from '../../apiClient.js';
import { Refused } from '../../exit.js';
import { showReport } from './report.js';

const LOOK_AGAIN_AFTER_MS = 500;

type Backtest = z.output<typeof backtestView>;

interface Options {
  readonly last: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** `oms scenarios backtest`: a draft against past orders; progress on stderr, the report on stdout. */
export function addBacktest(scenarios: Command, connect: () => ApiClient): void {
  scenarios
    .command('backtest <name>')
    .description('plan past orders again with the draft, and compare with what was decided')
    .option('--last <n>', 'how many orders, the latest ones', '1000')
    .option('--from <instant>', 'only orders planned from then on')
    .option('--to <instant>', 'only orders planned before')
    .option('--json', 'JSON instead of tables')
    .action(async (name: string, { last, from, to, json }: Options) => {
      const api = connect();
      const body = { last: Number(last), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      const begun = await api.post<Backtest>(`distribution-scenarios/${encodeURIComponent(name)}/backtest`, body);
      const ended = await follow(api, begun);
      if (json) console.log(JSON.stringify(ended, null, 2));
      else showReport(ended.report);
      if (ended.state !== 'finished') throw new Refused(`${ended.id} is ${ended.state}: ${ended.reason ?? ''}`);
    });
}

async function follow(api: ApiClient, begun: Backtest): Promise<Backtest> {
  let told = '';
  for (let seen = begun; ; seen = await api.get<Backtest>(`backtests/${encodeURIComponent(begun.id)}`)) {
    const { done, total } = seen.progress;
    const progress = `${seen.id}: ${done} of ${total} orders`;
    if (progress !== told) console.error(progress);
    told = progress;
    if (seen.state !== 'running') return seen;
    await pause(LOOK_AGAIN_AFTER_MS);
  }
}
