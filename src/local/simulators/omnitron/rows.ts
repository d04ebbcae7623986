/** A row of a collection, as Omnitron shows it. */
export type Row = Record<string, unknown>;

const DEFAULT_LIMIT = 10;
/** Parameters of a list that are no filters. */
const NO_FILTERS = new Set(['page', 'limit', 'sort', 'cancel_status']);

/** One page of a list, or null past its end. */
export function listPage(rows: readonly Row[], query: URLSearchParams, address: string): object | null {
  const sorted = [...rows].filter((row) => fits(row, query)).sort(byKey(query.get('sort') ?? 'id'));
  const page = Number(query.get('page') ?? 1);
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  const from = (page - 1) * limit;
  if (page > 1 && from >= sorted.length) return null;
  const link = (other: number) => {
    const next = new URLSearchParams(query);
    next.set('page', String(other));
    return `${address}?${next.toString()}`;
  };
  return {
    count: sorted.length,
    next: from + limit < sorted.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: sorted.slice(from, from + limit),
  };
}

const keyOf = ({ pk, id }: Row): number => Number(pk ?? id);

const byKey = (sort: string) => (a: Row, b: Row) => (keyOf(a) - keyOf(b)) * (sort.startsWith('-') ? -1 : 1);

/** Filters in the style of Django; what a row does not have fits nothing. */
function fits(row: Row, query: URLSearchParams): boolean {
  return [...query].every(([name, wanted]) => {
    if (NO_FILTERS.has(name)) return true;
    const [field = '', how = 'exact'] = name.split('__');
    const value = field === 'id' ? keyOf(row) : row[field];
    return compare(how, value, wanted);
  });
}

function compare(how: string, value: unknown, wanted: string): boolean {
  const text = textOf(value);
  switch (how) {
    case 'in':
      return wanted.split(',').includes(text);
    case 'iexact':
      return text.toLowerCase() === wanted.toLowerCase();
    case 'gt':
      return isNumber(text, wanted) ? Number(text) > Number(wanted) : text > wanted;
    case 'gte':
      return isNumber(text, wanted) ? Number(text) >= Number(wanted) : text >= wanted;
    case 'lt':
      return isNumber(text, wanted) ? Number(text) < Number(wanted) : text < wanted;
    case 'lte':
      return isNumber(text, wanted) ? Number(text) <= Number(wanted) : text <= wanted;
    default:
      return text === wanted;
  }
}

const isNumber = (...texts: readonly string[]) => texts.every((text) => /^-?\d+(\.\d+)?$/.test(text));

/** Booleans are `True` and `False`. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}
