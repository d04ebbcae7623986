import { setTimeout as pause } from 'node:timers/promises';

import { withFaults } from './faults.js';
import {
  isAllowed,
  readObject,
  startLoopbackServer,
  type Asked,
  type Login,
  type Reply,
  type Simulator,
} from './loopbackServer.js';

/** ERP code -> SKU -> pieces. */
export type StockTable = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `down` answers 503, `garbage` what nobody can read, `slow` the right thing after `slowMs`. */
export const STOCK_MODES = ['normal', 'down', 'garbage', 'slow'] as const;
export type StockMode = (typeof STOCK_MODES)[number];

export interface StockServiceOptions {
  readonly stock: StockTable;
  /** HTTP Basic; everybody may ask without it. */
  readonly login?: Login;
  readonly slowMs?: number;
  readonly port?: number;
}

export interface StockService extends Simulator {
  /** Where to ask: `GET <stockUrl>?sku=A&sku=B`. */
  readonly stockUrl: string;
  readonly control: {
    mode: StockMode;
    set(erpCode: string, sku: string, pieces: number): void;
    /** Questions answered so far, in whatever way. */
    readonly questions: number;
  };
}

/**
 * The stock service of a brand: knows how many pieces lie where. Also over HTTP it can be made to fail:
 * `POST /control` with `{ mode?, stock?: [{ erpCode, sku, quantity }] }`. What leaves the shelf is booked by
 * `POST /taken` with `{ reference, erpCode, items: [{ sku, quantity }] }`, once for each reference.
 */
export async function startStockService(options: StockServiceOptions): Promise<StockService> {
  const { login, slowMs = 15_000, port } = options;
  const stock = new Map(Object.entries(options.stock).map(([code, skus]) => [code, new Map(Object.entries(skus))]));
  const booked = new Set<string>();
  const ending = new AbortController();
  const control = {
    mode: 'normal' as StockMode,
    questions: 0,
    set: (erpCode: string, sku: string, pieces: number) => {
      stock.set(erpCode, (stock.get(erpCode) ?? new Map<string, number>()).set(sku, pieces));
    },
  };

  const answer = async (asked: Asked): Promise<Reply> => {
    if (asked.method === 'POST' && asked.path === '/control') return change(control, asked.body);
    if (asked.method === 'POST' && asked.path === '/taken') return take(stock, booked, asked.body);
    if (asked.method !== 'GET' || asked.path !== '/stock') return { status: 404 };
    control.questions++;
    if (control.mode === 'down') return { status: 503, body: { message: 'the ERP is down' } };
    if (control.mode === 'garbage') return { status: 200, body: '<html>Maintenance</html>', type: 'text/html' };
    if (control.mode === 'slow') await pause(slowMs, undefined, { signal: ending.signal });
    if (!isAllowed(asked, login)) return { status: 401, body: { message: 'who are you?' } };
    return { status: 200, body: asked.query.getAll('sku').map((sku) => ({ sku, stocks: stocksOf(stock, sku) })) };
  };

  const server = await startLoopbackServer(withFaults(answer), port);
  return {
    url: server.url,
    stockUrl: `${server.url}/stock`,
    control,
    stop: () => {
      ending.abort();
      return server.stop();
    },
  };
}

function stocksOf(stock: ReadonlyMap<string, ReadonlyMap<string, number>>, sku: string) {
  return [...stock].flatMap(([erpCode, skus]) => {
    const quantity = skus.get(sku);
    return quantity === undefined ? [] : [{ erpCode, quantity }];
  });
}

function take(stock: ReadonlyMap<string, Map<string, number>>, booked: Set<string>, body: string): Reply {
  const { reference, erpCode, items } = readObject(body) ?? {};
  if (typeof reference !== 'string' || typeof erpCode !== 'string' || !Array.isArray(items)) return { status: 400 };
  if (booked.has(reference)) return { status: 204 };
  booked.add(reference);
  const shelf = stock.get(erpCode);
  for (const { sku, quantity } of items as { sku: string; quantity: number }[]) {
    shelf?.set(sku, Math.max(0, (shelf.get(sku) ?? 0) - quantity));
  }
  return { status: 204 };
}

function change(control: StockService['control'], body: string): Reply {
  const { mode, stock = [] } = readObject(body) ?? {};
  const isMode = mode === undefined || STOCK_MODES.some((known) => known === mode);
  if (!isMode || !Array.isArray(stock))
    return { status: 400, body: { message: `mode is one of ${STOCK_MODES.join(', ')}` } };
  for (const { erpCode, sku, quantity } of stock as Record<string, unknown>[]) {
    control.set(String(erpCode), String(sku), Number(quantity));
  }
  if (mode !== undefined) control.mode = mode as StockMode;
  return { status: 200, body: { mode: control.mode } };
}
