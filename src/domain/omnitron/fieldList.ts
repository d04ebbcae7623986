import { ORDER_FIELDS, PARTS } from './orderFields.js';

/** One row of the documented mapping. */
export interface MappedField {
  readonly ours: string;
  readonly from: readonly string[];
  readonly how: string;
}

interface Row {
  readonly from: readonly string[];
  readonly how: string;
}

/** Every field of our order with its source in Omnitron's, read off the tables that make it. */
export function mappedFields(): MappedField[] {
  const parts = new Map<string, readonly [name: string, part: (typeof PARTS)[keyof typeof PARTS]]>(
    Object.entries(PARTS).map(([name, part]) => [name.replace('[]', ''), [name, part]]),
  );
  return Object.entries<Row>(ORDER_FIELDS).flatMap(([ours, { from, how }]) => {
    const [name, part] = parts.get(ours) ?? [];
    return part === undefined ? [{ ours, from, how }] : rowsOf(name ?? ours, part);
  });
}

function rowsOf(name: string, { table, at }: (typeof PARTS)[keyof typeof PARTS]): MappedField[] {
  return Object.entries<Row>(table).map(([field, { from, how }]) => ({
    ours: `${name}.${field}`,
    from: from.map((pointer) => `${at.replace('/{n}', '[]')}${pointer}`),
    how,
  }));
}
