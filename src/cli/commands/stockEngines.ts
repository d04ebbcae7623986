import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print, printOne, shown, type Column, type Row } from '../output.js';

interface Tested {
  readonly ok: boolean;
  readonly stocks: readonly Row[];
  readonly problems: readonly string[];
}

/** `oms stock-engines`: how the stock services are, and what one answers. */
export function addStockEnginesCommand(program: Command, connect: () => ApiClient): void {
  const engines = program.command('stock-engines').description('stock services: how they are, and what they answer');
  engines
    .command('list', { isDefault: true })
    .description('all of them, and whether they are asked at the moment')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const api = connect();
      const { items } = await api.get<{ items: Row[] }>('stock-engines');
      const healths = await Promise.all(items.map(({ code }) => api.get<Row>(`${pathOf(String(code))}/health`)));
      const all = items.map((item, index) => ({ ...item, health: healths[index] ?? {} }));
      print(all, COLUMNS, { json: json ?? false });
    });
  engines
    .command('test <code> <sku...>')
    .description('ask for these SKUs, and tell in words what is wrong with the answer; exits 1 when it cannot be used')
    .option('--json', 'JSON instead of a table')
    .action(async (code: string, skus: readonly string[], { json }: { json?: boolean }) => {
      const tested = await connect().post<Tested & Row>(`${pathOf(code)}/test`, { skus });
      if (json) printOne(tested, { json });
      else report(tested);
      if (!tested.ok) throw new Refused(`${code} cannot be used as it answers now`);
    });
}

const pathOf = (code: string): string => `stock-engines/${encodeURIComponent(code)}`;

const field = (heading: string): Column<Row> => ({ heading, value: (item) => shown(item[heading]) });

const COLUMNS: readonly Column<Row & { readonly health: Row }>[] = [
  field('code'),
  field('url'),
  field('mode'),
  { heading: 'is', value: ({ health }) => (health['state'] === 'open' ? 'left alone' : 'asked') },
  { heading: 'since', value: ({ health }) => shown(health['since']) },
  { heading: 'because', value: ({ health }) => shown(health['detail']) },
];

function report({ stocks, problems }: Tested): void {
  print(stocks, ['location', 'sku', 'quantity'].map(field), {});
  for (const problem of problems) console.log(problem);
}
