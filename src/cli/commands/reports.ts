import { InvalidArgumentError, type Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, shown, type Column, type Row } from '../output.js';

const REPORTS = [
  'split-rate',
  'location-load',
  'location-movements',
  'transfer-movements',
  'overdue',
  'refusals',
  'lead-times',
] as const;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly json?: boolean;
}

interface Report {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly total: Row;
}

/** `oms reports <name>`: a report over whole days, all pages of it, with the total in the last row. */
export function addReportsCommand(program: Command, connect: () => ApiClient): void {
  program
    .command('reports')
    .description('figures of a range of days')
    .argument('<name>', REPORTS.join(', '), toName)
    .option('--from <day>', 'first day, or an instant; six days before today')
    .option('--to <day>', 'last day, or an instant; today')
    .option('--limit <n>', 'how many rows to read at a time', '200')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { json, ...query }: Options) => {
      const report = await readAll(connect(), `reports/${name}`, { ...query });
      if (json) console.log(JSON.stringify(report, null, 2));
      else print(withTotal(report), columnsOf(report), {});
    });
}

async function readAll(api: ApiClient, path: string, query: Record<string, string>): Promise<Report> {
  const first = await api.get<Report>(path, query);
  const items = [...first.items];
  for (let cursor = first.next; cursor !== null;) {
    const page = await api.get<Report>(path, { ...query, cursor });
    items.push(...page.items);
    cursor = page.next;
  }
  return { ...first, items, next: null };
}

const withTotal = ({ items, total }: Report): readonly Row[] => (items.length === 0 ? [] : [...items, total]);

function columnsOf({ items: [first], total }: Report): Column<Row>[] {
  return Object.keys(first ?? {}).map((heading, index) => ({
    heading,
    value: (row) => (row === total && index === 0 ? 'total' : shown(row[heading])),
  }));
}

function toName(given: string): string {
  const name = REPORTS.find((known) => known === given);
  if (!name) throw new InvalidArgumentError(`must be one of ${REPORTS.join(', ')}`);
  return name;
}
