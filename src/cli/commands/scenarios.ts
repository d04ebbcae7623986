import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { readJson } from '../readJson.js';
import { print, printOne, shown, type Row } from '../output.js';

/** `oms scenarios`: distribution scenarios, their drafts and publication. */
export function addScenariosCommand(program: Command, connect: () => ApiClient): void {
  const scenarios = program.command('scenarios').description('distribution scenarios');
  scenarios
    .command('list', { isDefault: true })
    .description('all scenarios')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>('distribution-scenarios');
      print(items, COLUMNS, { json: json ?? false });
    });
  scenarios
    .command('show <name>')
    .description('one scenario with its draft')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { json }: { json?: boolean }) => {
      printOne(await connect().get<Row>(path(name)), { json: json ?? false });
    });
  scenarios
    .command('draft <file>')
    .description('create a draft from a JSON file, `-` for standard input')
    .action(async (file: string) => {
      const draft = await connect().post<Row>('distribution-scenarios', readJson(file));
      console.log(`Draft of ${String(draft['name'])} saved.`);
    });
  for (const act of ['publish', 'archive'] as const) {
    scenarios
      .command(`${act} <name>`)
      .description(act === 'publish' ? 'make the draft the version that plans orders' : 'plan no more orders by it')
      .action(async (name: string) => {
        const scenario = await connect().post<Row>(`${path(name)}/${act}`);
        print([scenario], COLUMNS, {});
      });
  }
}

const path = (name: string): string => `distribution-scenarios/${encodeURIComponent(name)}`;

const COLUMNS = [
  { heading: 'name', value: (item: Row) => String(item['name']) },
  { heading: 'status', value: (item: Row) => shown(item['status']) },
  { heading: 'version', value: (item: Row) => item['publishedVersion'] as number },
];
