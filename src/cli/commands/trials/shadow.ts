import { Argument, type Command } from 'commander';
import type { z } from 'zod';

import type { shadowView } from '../../../schemas/trial.js';
import type { ApiClient } from '../../apiClient.js';
import { showReport } from './report.js';

type Shadow = z.output<typeof shadowView>;

/** `oms scenarios shadow`: a draft beside live planning, without acting. */
export function addShadow(scenarios: Command, connect: () => ApiClient): void {
  scenarios
    .command('shadow <name>')
    .description('let the draft plan live orders beside what plans them; nothing acts')
    .addArgument(new Argument('<act>').choices(['start', 'stop', 'show']))
    .option('--json', 'JSON instead of tables')
    .action(async (name: string, act: 'start' | 'stop' | 'show', { json }: { json?: boolean }) => {
      const api = connect();
      const path = `distribution-scenarios/${encodeURIComponent(name)}/shadow`;
      const shadow =
        act === 'show' ? await api.get<Shadow>(path) : await api.post<Shadow>(path, { enabled: act === 'start' });
      if (json) console.log(JSON.stringify(shadow, null, 2));
      else show(shadow);
    });
}

function show({ scenario, number, enabled, reason, seenUntil, report }: Shadow): void {
  showReport(report);
  const state = enabled ? 'is running' : `has ended: ${reason ?? ''}`;
  console.log(`Shadow ${number} of ${scenario} ${state}; it has seen decisions until ${seenUntil}.`);
}
