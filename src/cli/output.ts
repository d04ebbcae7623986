import Table from 'cli-table3';
import { stringify } from 'yaml';

export type Row = Readonly<Record<string, unknown>>;

/** A column of a table for people: its heading and how to read it from an object. */
export interface Column<Item> {
  readonly heading: string;
  readonly value: (item: Item) => string | number | null | undefined;
}

/** A field of an answer in one cell. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A table for people, or one JSON document. */
export function print<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  { json }: { json?: boolean },
): void {
  if (json) {
    console.log(JSON.stringify(items, null, 2));
  } else if (items.length === 0) {
    console.log('Nothing there.');
  } else {
    const table = new Table({
      head: columns.map(({ heading }) => heading),
      style: { head: [], border: [], compact: true },
    });
    for (const item of items) table.push(columns.map(({ value }) => String(value(item) ?? '')));
    console.log(table.toString());
  }
}

/** One object: as JSON, or as YAML, which people can read however deep it is. */
export function printOne(item: Row, { json }: { json?: boolean }): void {
  console.log(json ? JSON.stringify(item, null, 2) : stringify(readable(item)).trimEnd());
}

/** The schemas of command parameters are for programs. */
function readable({ commands, ...item }: Row): Row {
  if (!Array.isArray(commands)) return item;
  return { ...item, commands: (commands as { command: string }[]).map(({ command }) => command) };
}
