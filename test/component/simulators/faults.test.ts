import { startCarrier } from '../../../src/local/simulators/carrier.js';
import { startStockService } from '../../../src/local/simulators/stockService.js';

const STOCK = { S1: { MUG: 5 } };

/** A stock service that is told to behave badly, and what it then answers. */
async function stockWith(fault: object | null) {
  const service = await startStockService({ stock: STOCK });
  const control = (method: string, body?: object) =>
    fetch(`${service.url}/control`, { method, ...(body && { body: JSON.stringify(body) }) });
  if (fault) expect((await control('POST', fault)).status).toBe(201);
  const ask = async () => {
    const answer = await fetch(`${service.stockUrl}?sku=MUG`).catch(() => null);
    return answer && { status: answer.status, text: await answer.text() };
  };
  return { ask, control, stop: () => service.stop() };
}

test.each([
  ['error', { kind: 'error', status: 503 }, 503, /a fault/],
  ['garbage', { kind: 'garbage' }, 200, /^<html>/],
  ['wrong types', { kind: 'wrong_types' }, 200, /5 pieces/],
  ['duplicates', { kind: 'duplicates' }, 200, /MUG.*MUG/],
])('%s: the next call and no other', async (_case, fault, status, text) => {
  const { ask, stop } = await stockWith(fault);

  const bad = await ask();
  const good = await ask();
  await stop();

  expect(bad).toMatchObject({ status, text: expect.stringMatching(text) });
  expect(JSON.parse(good?.text ?? '')).toEqual([{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: 5 }] }]);
});

test('a lost answer cuts the connection', async () => {
  const { ask, stop } = await stockWith({ kind: 'lost_answer' });

  const lost = await ask();
  await stop();

  expect(lost).toBeNull();
});

test('as often as wanted, only where wanted, until it is ended', async () => {
  const { ask, control, stop } = await stockWith({ kind: 'error', path: 'stock', method: 'GET', times: 2 });
  await control('POST', { kind: 'error', path: 'elsewhere', times: 0 });

  const statuses = [await ask(), await ask(), await ask()].map((answer) => answer?.status);
  const left = await (await control('GET')).json();
  await control('DELETE');
  const none = await (await control('GET')).json();
  await stop();

  expect(statuses).toEqual([500, 500, 200]);
  expect(left).toEqual([{ kind: 'error', path: 'elsewhere', times: 0 }]);
  expect(none).toEqual([]);
});

test('the effect of a call takes place although its answer is lost', async () => {
  const carrier = await startCarrier({ deliverySeconds: 60 });
  const headers = { 'x-akinon-request-id': '1', 'x-akinon-api-version': '1' };
  const url = `${carrier.url}/shipments`;
  await fetch(`${carrier.url}/control`, { method: 'POST', body: '{"kind":"lost_answer","method":"POST"}' });
  const body = JSON.stringify({ shipmentId: 'R1P1', orderNumber: 'R1', destination: {}, products: [] });

  await expect(fetch(url, { method: 'POST', headers, body })).rejects.toThrow();

  const found = await fetch(`${url}/R1P1`, { headers });
  await carrier.stop();
  expect(found.status).toBe(200);
});

test('what is no fault is refused', async () => {
  const { control, stop } = await stockWith(null);

  const { status } = await control('POST', { kind: 'mood' });
  await stop();

  expect(status).toBe(400);
});
