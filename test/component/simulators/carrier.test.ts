import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startCarrier } from '../../../src/local/simulators/carrier.js';
import type { Simulator } from '../../../src/local/simulators/loopbackServer.js';

const HEADERS = { 'x-akinon-request-id': 'r1', 'x-akinon-api-version': '1' };
const SHIPMENT = { shipmentId: 'R1P1', orderNumber: 'R1', destination: { name: 'Ada' }, products: [] };

let clock = Date.parse('2026-11-23T09:00:00Z');
const running: Simulator[] = [];

const start = async (options: { file?: string } = {}) => {
  const carrier = await startCarrier({ deliverySeconds: 10, now: () => clock, ...options });
  running.push(carrier);
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = HEADERS) => {
    const response = await fetch(`${carrier.url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : text,
    };
  };
  return { ask, stop: () => carrier.stop() };
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((carrier) => carrier.stop()));
});

describe('the carrier', () => {
  test('opens a shipment once', async () => {
    const { ask } = await start();

    const first = await ask('POST', '/shipments', SHIPMENT);
    const second = await ask('POST', '/shipments', SHIPMENT);

    expect([first.status, second.status]).toEqual([201, 409]);
    const read = await ask('GET', '/shipments/' + String(SHIPMENT.shipmentId));
    expect(read.body).toMatchObject(first.body as object);
    expect((await ask('GET', '/control/shipments')).body).toEqual({ shipments: [first.body] });
  });

  test('tells the state now and gives the label', async () => {
    const { ask } = await start();
    await ask('POST', '/shipments', SHIPMENT);

    expect((await ask('GET', '/shipments/R1P1')).body).toMatchObject({ shipmentId: 'R1P1', status: 'CREATED' });
    clock += 7_000;
    expect((await ask('GET', '/shipments/R1P1')).body).toMatchObject({ status: 'OUT_FOR_DELIVERY' });
    expect((await ask('GET', '/shipments/R1P1/label')).body).toContain('R1P1');
  });

  test('remembers its parcels over a restart', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'carrier-')), 'shipments.jsonl');
    const before = await start({ file });
    const { body } = await before.ask('POST', '/shipments', SHIPMENT);
    await before.ask('POST', '/shipments', { ...SHIPMENT, shipmentId: 'R2P1' });
    await before.ask('DELETE', '/shipments/R2P1');
    await before.stop();

    clock += 20_000;
    const { ask } = await start({ file });

    expect((await ask('GET', '/shipments/R1P1')).body).toMatchObject({
      status: 'DELIVERED',
      trackingNumber: (body as { trackingNumber: string }).trackingNumber,
    });
    expect((await ask('GET', '/shipments/R2P1')).body).toMatchObject({ status: 'DELETED' });
  });

  test.each([
    ['no request id', 'POST', '/shipments', SHIPMENT, {}, 400],
    ['no version', 'POST', '/shipments', SHIPMENT, { 'x-akinon-request-id': 'r1' }, 400],
    ['no destination', 'POST', '/shipments', { shipmentId: 'R1P1', orderNumber: 'R1' }, HEADERS, 400],
    ['an unknown shipment', 'GET', '/shipments/R9P9/history', undefined, HEADERS, 404],
    ['another address', 'GET', '/parcels', undefined, HEADERS, 404],
  ])('refuses %s', async (_what, method, path, body, headers, status) => {
    const { ask } = await start();

    expect((await ask(method, path, body, headers)).status).toBe(status);
  });
});
