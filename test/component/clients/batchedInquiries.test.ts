import { batchInquiries } from '../../../src/clients/batchedInquiries.js';
import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import type { StockEngine } from '../../../src/domain/configuration/integrations.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';

let server: HttpServer;
let asked: string[][];
let answer: (skus: readonly string[], request: ReceivedRequest) => Answer | Promise<Answer>;

const sevenOfEach = (skus: readonly string[]): Answer => ({
  json: skus.map((sku) => ({ sku, stocks: [{ erpCode: 'W1', quantity: 7 }] })),
});

beforeAll(async () => {
  server = await startHttpServer((request) => {
    const skus = request.query.getAll('sku');
    asked.push(skus);
    return answer(skus, request);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = sevenOfEach;
});

const inquire = batchInquiries(createStockEngineClient({ allow: ['127.0.0.1'] }).inquire);
const engine = (fields: Partial<StockEngine> = {}): StockEngine => ({
  ...{ code: 'erp', url: `${server.url}/stock`, auth: { type: 'anonymous' }, mode: 'multiple', skuParam: 'sku' },
  ...{ timeoutMs: 2_000, maxSkusPerRequest: 100 },
  ...fields,
});
const rows = (...skus: string[]) => skus.map((sku) => ({ location: 'W1', sku, quantity: 7 }));

test('inquiries that come together are one request, and each gets the rows of its own SKUs', async () => {
  const answers = await Promise.all([
    inquire(engine(), ['MUG', 'CUP']),
    inquire(engine(), ['CUP', 'POT']),
    inquire(engine(), ['LID']),
  ]);

  expect(asked).toEqual([['MUG', 'CUP', 'POT', 'LID']]);
  expect(answers).toEqual([rows('MUG', 'CUP'), rows('CUP', 'POT'), rows('LID')]);
});

test('a request never has more SKUs than the engine takes', async () => {
  await Promise.all(['A', 'B', 'C', 'D', 'E'].map((sku) => inquire(engine({ maxSkusPerRequest: 2 }), [sku])));

  expect(asked.map(({ length }) => length)).toEqual([2, 2, 1]);
});

test('two engines are asked apart, and so is one that was changed', async () => {
  await Promise.all([inquire(engine(), ['MUG']), inquire(engine({ code: 'wms' }), ['MUG'])]);
  await Promise.all([inquire(engine(), ['MUG']), inquire(engine({ timeoutMs: 3_000 }), ['MUG'])]);

  expect(asked).toHaveLength(4);
});

test('while an engine is busy the inquiries gather, so that a slow one gets few requests', async () => {
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  answer = async (skus) => {
    await held;
    return sevenOfEach(skus);
  };
  const inquiries: Promise<unknown>[] = [];
  for (let order = 0; order < 50; order++) {
    inquiries.push(inquire(engine(), [`SKU-${order}`]));
    // The next order comes some turns of the event loop later.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  goOn();
  await Promise.all(inquiries);

  expect(asked.length).toBeLessThanOrEqual(4);
  expect(asked.flat()).toHaveLength(50);
});

test('an answer that is wrong for one order is not the fault of the others', async () => {
  answer = (skus) => (skus.includes('BAD') ? { status: 400 } : sevenOfEach(skus));

  const [good, bad] = await Promise.allSettled([inquire(engine(), ['MUG']), inquire(engine(), ['BAD'])]);

  expect(good).toEqual({ status: 'fulfilled', value: rows('MUG') });
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'stock.unreachable' } });
});

test('an engine that is down is asked once for all', async () => {
  answer = () => ({ status: 503 });

  const outcomes = await Promise.allSettled(['A', 'B', 'C'].map((sku) => inquire(engine(), [sku])));

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toHaveLength(1);
});

test('an inquiry that is called off leaves the others alone', async () => {
  const calledOff = new AbortController();
  const both = Promise.allSettled([inquire(engine(), ['MUG'], calledOff.signal), inquire(engine(), ['CUP'])]);
  calledOff.abort(new Error('the worker stops'));

  expect(await both).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: rows('CUP') }]);
  expect(asked).toEqual([['CUP']]);
});

test('an inquiry that was called off before it began asks nobody', async () => {
  const calledOff = AbortSignal.abort(new Error('the worker stops'));

  await expect(inquire(engine(), ['MUG'], calledOff)).rejects.toThrow('the worker stops');
  expect(asked).toEqual([]);
});
