import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, shown, type Row } from '../output.js';

const FILTERS: readonly (readonly [flag: string, means: string])[] = [
  ['subject', 'only about this, such as package/R1001P1'],
  ['by', 'only by this API key'],
  ['command', 'only this command'],
  ['outcome', 'accepted or refused'],
  ['from', 'from this instant on'],
  ['to', 'before this instant'],
];

const COLUMNS = ['at', 'subject', 'command', 'by', 'way', 'outcome', 'before', 'after', 'detail'].map((heading) => ({
  heading,
  value: (row: Row) => shown(row[heading]),
}));

/** `oms audit`: who did what when. */
export function addAuditCommand(program: Command, connect: () => ApiClient): void {
  const command = program
    .command('audit')
    .description('who did what when, accepted or refused')
    .option('--limit <n>', 'how many to list', '50')
    .option('--json', 'JSON instead of a table');
  for (const [flag, means] of FILTERS) command.option(`--${flag} <value>`, means);
  command.action(async ({ json, ...query }: { json?: boolean } & Record<string, string>) => {
    const { items } = await connect().get<{ items: Row[] }>('audit', query);
    print(items, COLUMNS, { json: json ?? false });
  });
}
