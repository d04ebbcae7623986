import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, shown, type Row } from '../output.js';

interface Book {
  readonly name: 'reservations' | 'discrepancies';
  readonly summary: string;
  readonly releases: string;
  readonly fields: readonly string[];
  /** Whose rows are released: for a reservation it must be said, for a discrepancy it may. */
  readonly of: readonly { readonly flag: string; readonly means: string; readonly isNeeded?: boolean }[];
}

const BOOKS: readonly Book[] = [
  {
    name: 'reservations',
    summary: 'units that are held for packages',
    releases: 'give back units that no package needs any more',
    fields: ['location', 'sku', 'quantity', 'package', 'item', 'since'],
    of: [
      { flag: 'package', means: 'the package that they are held for', isNeeded: true },
      { flag: 'item', means: 'only the hold of this item' },
    ],
  },
  {
    name: 'discrepancies',
    summary: 'goods that locations said they do not have',
    releases: 'the goods are there after all',
    fields: ['location', 'sku', 'quantity', 'since', 'until', 'order'],
    of: [{ flag: 'order', means: 'only what was said in this order' }],
  },
];

type Options = Readonly<Record<string, string | true>>;

/** `oms reservations` and `oms discrepancies`: the books of stock, and corrections to them. */
export function addBookCommands(program: Command, connect: () => ApiClient): void {
  for (const book of BOOKS) addBook(program, book, connect);
}

function addBook(program: Command, { name, summary, releases, fields, of }: Book, connect: () => ApiClient): void {
  const command = program.command(name).description(summary);
  const columns = fields.map((heading) => ({ heading, value: (row: Row) => shown(row[heading]) }));
  const output = (rows: readonly Row[], options: Options) => print(rows, columns, { json: options['json'] === true });
  command
    .command('list', { isDefault: true })
    .description(`list ${summary}`)
    .option('--location <code>', 'only at this location')
    .option('--sku <sku>', 'only of this SKU')
    .option('--limit <n>', 'how many to list', '50')
    .option('--json', 'JSON instead of a table')
    .action(async (options: Options) => {
      const { items } = await connect().get<{ items: Row[] }>(name, pick(options, ['location', 'sku', 'limit']));
      output(items, options);
    });
  const release = command
    .command('release')
    .description(releases)
    .requiredOption('--location <code>', 'where')
    .requiredOption('--sku <sku>', 'of what')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--json', 'JSON instead of a table');
  for (const { flag, means, isNeeded } of of) {
    if (isNeeded) release.requiredOption(`--${flag} <value>`, means);
    else release.option(`--${flag} <value>`, means);
  }
  release.action(async (options: Options) => {
    const body = pick(options, ['location', 'sku', 'reason', ...of.map(({ flag }) => flag)]);
    const { released } = await connect().post<{ released: Row[] }>(`${name}/release`, body);
    output(released, options);
  });
}

function pick(options: Options, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = options[name];
      return typeof given === 'string' ? [[name, given]] : [];
    }),
  );
}
