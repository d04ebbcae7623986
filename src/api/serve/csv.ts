import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

interface Column {
  readonly key: string;
  readonly path: readonly string[];
}

/**
 * Items of a list as CSV. The columns come from the schema and not from the items, so that every page has
 * the same ones; nested objects become `address.country`, lists and maps JSON in one cell.
 */
export function toCsv(itemSchema: z.ZodType, items: readonly unknown[]): string {
  const columns = columnsOf(itemSchema, []);
  const rows = items.map((item) => columns.map(({ path }) => cell(path.reduce(inner, item))));
  return stringify(rows, { header: true, columns: columns.map(({ key }) => key), record_delimiter: 'windows' });
}

/** What lies below optional, nullable, default and the like. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap());
  }
  return schema;
}

function columnsOf(schema: z.core.$ZodType, path: readonly string[]): Column[] {
  const bare = unwrap(schema);
  if (!(bare instanceof z.ZodObject)) return [{ key: path.join('.'), path }];
  return Object.entries(bare.shape as Record<string, z.core.$ZodType>).flatMap(([name, field]) =>
    columnsOf(field, [...path, name]),
  );
}

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  // A spreadsheet runs what looks like a formula; an apostrophe makes it text.
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
