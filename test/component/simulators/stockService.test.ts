import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import type { StockEngine } from '../../../src/domain/configuration/integrations.js';
import { startStockService, type StockService } from '../../../src/local/simulators/stockService.js';

const login = { username: 'oms', password: 'secret' };
const client = createStockEngineClient({ allow: ['127.0.0.1'] });

let service: StockService;
let engine: StockEngine;

beforeEach(async () => {
  service = await startStockService({ stock: { S1: { MUG: 3 }, W1: { MUG: 9, CUP: 2 } }, login, slowMs: 60_000 });
  engine = {
    code: 'erp',
    url: service.stockUrl,
    auth: { type: 'basic', ...login },
    mode: 'multiple',
    skuParam: 'sku',
    timeoutMs: 2_000,
    maxSkusPerRequest: 100,
  };
});
afterEach(() => service.stop());

const post = (path: string, body: object) =>
  fetch(`${service.url}${path}`, { method: 'POST', body: JSON.stringify(body) });

describe('the stock service', () => {
  test.each(['multiple', 'single'] as const)('answers a client that asks in mode %s', async (mode) => {
    const rows = await client.inquire({ ...engine, mode }, ['MUG', 'CUP', 'POT']);

    expect(rows).toEqual([
      { location: 'S1', sku: 'MUG', quantity: 3 },
      { location: 'W1', sku: 'MUG', quantity: 9 },
      { location: 'W1', sku: 'CUP', quantity: 2 },
    ]);
    expect(service.control.questions).toBe(mode === 'single' ? 3 : 1);
  });

  test('knows its callers', async () => {
    const stranger: StockEngine = { ...engine, auth: { type: 'anonymous' } };

    await expect(client.inquire(stranger, ['MUG'])).rejects.toMatchObject({ code: 'stock.unreachable' });
  });

  test.each([
    ['down', 'stock.unreachable'],
    ['garbage', 'stock.malformed_answer'],
    ['slow', 'stock.unreachable'],
  ] as const)('that is %s makes the inquiry fail with %s, until it is well again', async (mode, code) => {
    await post('/control', { mode });
    await expect(client.inquire({ ...engine, timeoutMs: 200 }, ['CUP'])).rejects.toMatchObject({ code });

    await post('/control', { mode: 'normal' });
    expect(await client.inquire(engine, ['CUP'])).toHaveLength(1);
  });

  test('is told by its warehouse what there is, and once what was taken', async () => {
    await post('/control', { stock: [{ erpCode: 'W1', sku: 'CUP', quantity: 10 }] });
    const taken = { reference: 'R1P1', erpCode: 'W1', items: [{ sku: 'CUP', quantity: 4 }] };
    await post('/taken', taken);
    await post('/taken', taken);

    expect(await client.inquire(engine, ['CUP'])).toEqual([{ location: 'W1', sku: 'CUP', quantity: 6 }]);
  });

  test('refuses what it does not understand', async () => {
    expect((await post('/control', { mode: 'sulking' })).status).toBe(400);
    expect((await post('/taken', { reference: 7 })).status).toBe(400);
    expect((await fetch(`${service.url}/else`)).status).toBe(404);
  });
});
