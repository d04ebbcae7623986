import { Option, type Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print, printOne, shown, type Row } from '../output.js';

interface Json {
  readonly json?: boolean;
}

interface ImportedStore {
  readonly pk: number;
  readonly code: string | null;
  readonly outcome: string;
  readonly kept: readonly string[];
  readonly detail: string | null;
}

interface Page {
  readonly stores: readonly ImportedStore[];
  readonly count: number | null;
  readonly next: string | null;
}

/** `oms omnitron`: the connection, what Omnitron was told, and what was not taken from it. */
export function addOmnitronCommand(program: Command, connect: () => ApiClient): void {
  const omnitron = program.command('omnitron').description('the connection to Omnitron and the work with it');
  omnitron
    .command('show', { isDefault: true })
    .description('the connection')
    .option('--json', 'JSON instead of YAML')
    .action(async ({ json }: Json) => printOne(await connect().get<Row>('omnitron'), { json: json ?? false }));
  omnitron
    .command('reports')
    .description('what Omnitron was told of each order, and what is due')
    .option('--json', 'JSON instead of a table')
    .option('--state <state>', 'only reported, due, failing, refused or drift')
    .option('--limit <n>', 'how many', '50')
    .action(async ({ json, ...query }: Json & { limit: string; state?: string }) => {
      const { items } = await connect().get<{ items: Row[] }>('omnitron/reports', query);
      print(items, REPORT_COLUMNS, { json: json ?? false });
    });
  omnitron
    .command('again <order>')
    .description('report an order again, at once')
    .action(async (order: string) => {
      await connect().post(`omnitron/reports/${encodeURIComponent(order)}/again`);
      console.log('It is being reported.');
    });
  omnitron
    .command('refusals')
    .description('what was fetched from Omnitron and not taken')
    .option('--json', 'JSON instead of a table')
    .option('--limit <n>', 'how many', '50')
    .action(async ({ json, limit }: Json & { limit: string }) => {
      const { items } = await connect().get<{ items: Row[] }>('omnitron/refusals', { limit });
      print(items, fields('id', 'number', 'at', 'detail'), { json: json ?? false });
    });
}

/** `oms locations import --from omnitron`: at set-up, and whenever pushes were missed. */
export function addLocationImport(program: Command, connect: () => ApiClient): void {
  const locations = program.commands.find((command) => command.name() === 'locations');
  locations
    ?.command('import')
    .description('make the retail stores of Omnitron locations, or bring those up to date')
    .addOption(new Option('--from <source>', 'where from').choices(['omnitron']).makeOptionMandatory())
    .option('--json', 'JSON instead of a table')
    .action((_options: unknown, command: Command) => importLocations(connect(), command.optsWithGlobals<Json>()));
}

/** All stores, page by page; fails when one of them was refused. */
async function importLocations(api: ApiClient, { json = false }: Json): Promise<void> {
  const stores: ImportedStore[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: Page = await api.post<Page>('omnitron/retail-stores/import', cursor === undefined ? {} : { cursor });
    stores.push(...page.stores);
    cursor = page.next;
    if (!json) console.error(`${stores.length} stores${page.count === null ? '' : ` (${page.count} in this channel)`}`);
  }
  // A store of several channels is listed in each of them; what became of it first is what happened.
  const report = [...new Map([...stores].reverse().map((store) => [store.pk, store])).values()].reverse();
  print(report, STORE_COLUMNS, { json });
  const refused = report.filter(({ outcome }) => outcome === 'refused').length;
  if (refused > 0) throw new Refused(`${refused} of ${report.length} stores were refused`);
}

const fields = (...names: readonly string[]) =>
  names.map((heading) => ({ heading, value: (item: Row) => shown(item[heading]) }));

const REPORT_COLUMNS = [
  ...fields('number', 'state'),
  { heading: 'lines', value: ({ lines }: Row) => linesOf(lines as readonly Row[]) },
  ...fields('attempts', 'dueAt'),
  { heading: 'failure', value: ({ failure }: Row) => (failure as { detail: string } | null)?.detail },
];

const linesOf = (lines: readonly Row[]): string =>
  lines.map(({ line, outcome, status }) => `${shown(line)} ${shown(outcome)} ${shown(status)}`.trim()).join(', ');

const STORE_COLUMNS = [
  { heading: 'code', value: ({ code }: ImportedStore) => code },
  { heading: 'outcome', value: ({ outcome }: ImportedStore) => outcome },
  { heading: 'kept as ours', value: ({ kept }: ImportedStore) => kept.join(', ') },
  { heading: 'why', value: ({ detail }: ImportedStore) => detail },
];
