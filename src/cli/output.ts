import Table from 'cli-table3';

export type Row = Readonly<Record<string, unknown>>;

/** A column of a table for people: its heading and how to read it from an object. */
export interface Column<Item> {
  readonly heading: string;
  readonly value: (item: Item) => string | number | null | undefined;
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

/** One object: as JSON, or as lines of field and value. */
export function printOne(item: Row, { json }: { json?: boolean }): void {
  if (json) {
    console.log(JSON.stringify(item, null, 2));
    return;
  }
  const table = new Table({ style: { head: [], border: [], compact: true } });
  for (const [field, value] of Object.entries(item)) table.push({ [field]: brief(value) });
  console.log(table.toString());
}

function brief(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry))).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
