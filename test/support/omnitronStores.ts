import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Any } from './omnitronOrders.js';

const FILE = join(import.meta.dirname, '../fixtures/omnitron/stores.json');

/** A store where customers collect, and a warehouse. */
export const omnitronStores = (): Any[] => JSON.parse(readFileSync(FILE, 'utf8')) as Any[];

/** The store with this ERP code, changed. */
export function omnitronStore(code: string, change: object = {}): Any {
  const store: Any = omnitronStores().find((one) => one.erp_code === code);
  return { ...store, ...change };
}

/** The announcement of a store. */
export const storeEvent = (store: object, type = 'retail_store.updated') => ({
  event: { type, uuid: '0f3a0f3a0f3a0f3a0f3a0f3a0f3a0f3a' },
  payload: store,
});
