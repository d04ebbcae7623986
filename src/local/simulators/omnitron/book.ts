import type { Row } from './rows.js';

/** An order in the detailed form, with its items under `orderitem_set`. */
export type DetailedOrder = Row & {
  readonly pk: number;
  readonly number: string;
  readonly orderitem_set: readonly Row[];
};

/** Everything that this Omnitron knows: one list of rows for each collection. */
export interface Book {
  readonly collections: Map<string, Row[]>;
  rows(collection: string): Row[];
  find(collection: string, key: string | number): Row | undefined;
  /** Adds a row with a key of its own. */
  add(collection: string, row: Row): Row;
  /** Changes a row, and when it was changed. */
  change(row: Row, change: Row): Row;
  place(order: DetailedOrder): void;
  /** An order as it came, with what has changed since. */
  detailed(order: Row): Row;
}

const COLLECTIONS = [
  'channels',
  'orders',
  'order_items',
  'customers',
  'addresses',
  'countries',
  'cities',
  'townships',
  'districts',
  'cargos',
  'order_shipping_infos',
  'retail_stores',
  'cancellation_reasons',
  'cancellation_requests',
  'products',
] as const;

export function openBook(now: () => number): Book {
  const collections = new Map<string, Row[]>(COLLECTIONS.map((name) => [name, []]));
  const nested = new Map<unknown, DetailedOrder>();
  let key = 100_000;
  // Microseconds, and never the same twice, so that readers see every change.
  let ticks = 0;
  const stamp = () => new Date(now()).toISOString().replace(/Z$/, `${String(ticks++ % 1_000).padStart(3, '0')}Z`);

  const rows = (collection: string) => collections.get(collection) ?? [];
  const find = (collection: string, wanted: string | number) =>
    rows(collection).find(({ pk, id }) => String(pk ?? id) === String(wanted));
  const put = (collection: string, row: Row) => {
    if (find(collection, Number(row['pk'] ?? row['id'])) === undefined) rows(collection).push(row);
  };

  const book: Book = {
    collections,
    rows,
    find,
    add: (collection, row) => {
      const pk = key++;
      const added = { pk, id: pk, created_date: stamp(), modified_date: stamp(), ...row };
      rows(collection).push(added);
      return added;
    },
    change: (row, change) => Object.assign(row, change, { modified_date: stamp() }),
    place: (order) => {
      nested.set(order.pk, order);
      flatten(order, put);
    },
    detailed: (order) => {
      const whole = nested.get(order['pk']);
      if (!whole) return order;
      const items = whole.orderitem_set.map((item) => ({
        ...find('order_items', Number(item['pk'])),
        product: item['product'],
      }));
      const { status, is_send, modified_date } = order;
      return { ...whole, status, is_send, modified_date, orderitem_set: items };
    },
  };
  return book;
}

/** Nested objects of an order and the collection that each lies in. */
const PARTS: Readonly<Record<string, string>> = {
  channel: 'channels',
  customer: 'customers',
  shipping_address: 'addresses',
  billing_address: 'addresses',
  cargo_company: 'cargos',
  country: 'countries',
  city: 'cities',
  township: 'townships',
  district: 'districts',
  product: 'products',
};

/** Takes an order apart into flat rows, in which others are named by their keys. */
function flatten({ orderitem_set: items, ...order }: DetailedOrder, put: (collection: string, row: Row) => void): void {
  put('orders', flat(order, put));
  for (const item of items) put('order_items', flat(item, put));
}

function flat(row: Row, put: (collection: string, row: Row) => void): Row {
  const fields = Object.entries(row).map(([name, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [name, value] as const;
    const collection = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    const inner = value as Row;
    const key = inner['pk'] ?? inner['id'];
    if (collection !== undefined) put(collection, flat(inner, put));
    return [name, key === undefined ? structuredClone(value) : key] as const;
  });
  return Object.fromEntries(fields);
}
