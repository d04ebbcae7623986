import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import Table from 'cli-table3';

import { batchInquiries } from '../src/clients/batchedInquiries.js';
import { createStockEngineClient } from '../src/clients/stockEngine.js';
import type { StockEngine, StockRow } from '../src/domain/configuration/integrations.js';
import { createRandom } from './support/random.js';

/** Orders per second. */
const RATES = [1, 10, 50];
/** How long the stock service takes for an answer. */
const ANSWER_MS = 100;
const SKUS = 500;

interface Row {
  readonly ordersPerSecond: number;
  readonly orders: number;
  readonly requestsPerOrder: number;
  readonly p99Ms: number;
  /** The same orders, each asked for by itself. */
  readonly aloneP99Ms: number;
}

type Inquire = (engine: StockEngine, skus: readonly string[]) => Promise<readonly StockRow[]>;

/** How many requests the inquiries of orders become that come at a steady rate, against a service that takes its time. */
export async function benchInquiry({ isQuick }: { isQuick: boolean }): Promise<readonly Row[]> {
  let requests = 0;
  const server = createServer(({ url }, response) => {
    requests++;
    const skus = new URL(url ?? '/', 'http://localhost').searchParams.getAll('sku');
    const answer = JSON.stringify(skus.map((sku) => ({ sku, stocks: [{ erpCode: 'S1', quantity: 9 }] })));
    setTimeout(() => response.end(answer), ANSWER_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const engine: StockEngine = {
    ...{ code: 'erp', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stock`, mode: 'multiple' },
    ...{ auth: { type: 'anonymous' }, skuParam: 'sku', timeoutMs: 10_000, maxSkusPerRequest: 100 },
  };
  const { inquire } = createStockEngineClient({ allow: ['127.0.0.1'] });
  const rows: Row[] = [];
  for (const ordersPerSecond of RATES) {
    const orders = ordersPerSecond * (isQuick ? 3 : 10);
    const alone = await ask(inquire, engine, { orders, ordersPerSecond });
    requests = 0;
    const merged = await ask(batchInquiries(inquire), engine, { orders, ordersPerSecond });
    rows.push({ ordersPerSecond, orders, requestsPerOrder: requests / orders, p99Ms: merged, aloneP99Ms: alone });
  }
  server.close();
  server.closeAllConnections();
  return rows;
}

/** The 99th percentile of how long an order waits for its answer, in ms. */
async function ask(
  inquire: Inquire,
  engine: StockEngine,
  { orders, ordersPerSecond }: { orders: number; ordersPerSecond: number },
): Promise<number> {
  const random = createRandom(1);
  const waits: number[] = [];
  const asked: Promise<void>[] = [];
  for (let order = 0; order < orders; order++) {
    const skus = Array.from({ length: 3 }, () => `SKU-${Math.floor(random() * SKUS)}`);
    const begun = performance.now();
    asked.push(inquire(engine, skus).then(() => void waits.push(performance.now() - begun)));
    await pause(1_000 / ordersPerSecond);
  }
  await Promise.all(asked);
  return waits.sort((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? 0;
}

export function printInquiryBench(rows: readonly Row[]): string {
  const table = new Table({
    style: { head: [], border: [] },
    head: ['orders/s', 'orders', 'requests per order', 'p99 ms', 'p99 ms, each alone'],
  });
  for (const { ordersPerSecond, orders, requestsPerOrder, p99Ms, aloneP99Ms } of rows)
    table.push([ordersPerSecond, orders, requestsPerOrder.toFixed(2), p99Ms.toFixed(0), aloneP99Ms.toFixed(0)]);
  return `${table.toString()}\nA stock service that takes ${ANSWER_MS} ms, three SKUs an order.\n`;
}
