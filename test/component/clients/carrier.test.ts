import { createCarrierClient } from '../../../src/clients/carriers/carrierClient.js';
import type { Carrier } from '../../../src/domain/configuration/integrations.js';
import { hearNews } from '../../../src/domain/shipment/tracking.js';
import type { ShipmentRequest } from '../../../src/domain/shipment/carrierClient.js';
import { unknownShipment } from '../../../src/domain/shipment/shipment.js';
import { demoLocations } from '../../../src/local/demo/locations.js';
import { demoOrders } from '../../../src/local/demo/orders.js';
import { startCarrier } from '../../../src/local/simulators/carrier.js';
import type { Simulator } from '../../../src/local/simulators/loopbackServer.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';

const client = createCarrierClient({ allow: ['127.0.0.1'] });
const login = { username: 'brand', password: 'secret' };

const carrierAt = (url: string, auth: Carrier['auth'] = { type: 'basic', ...login }): Carrier => ({
  code: 'swift',
  name: 'Swift Parcel',
  adapter: 'shipment-flow',
  url,
  auth,
  shippingOptions: [],
  active: true,
  priority: 1,
});

function shipment(id = 'R1001P1'): ShipmentRequest {
  const [first] = demoOrders();
  const location = demoLocations().find(({ code }) => code === 'S01');
  if (!first || !location) throw new Error('the demonstration brand is empty');
  const [line] = first.order.lines;
  if (!line) throw new Error('the order is empty');
  const { id: lineId, sku, name, quantity, unitPrice } = line;
  return {
    shipmentId: id,
    order: first.order,
    location,
    items: [{ id: '1', lineId, sku, name, quantity, unitPrice }],
    parcels: [{ weight: 1.5 }],
    cashOnDelivery: null,
  };
}

describe('against a carrier that keeps the contract', () => {
  let running: Simulator;
  let clock: number;
  let carrier: Carrier;

  beforeAll(async () => {
    running = await startCarrier({ login, deliverySeconds: 100, now: () => clock });
    carrier = carrierAt(`${running.url}/`);
  });
  afterAll(() => running.stop());
  beforeEach(() => {
    clock = Date.parse('2026-11-23T09:00:00Z');
  });

  test('a shipment that is opened twice is one', async () => {
    const first = await client.openShipment(carrier, shipment());
    const second = await client.openShipment(carrier, shipment());

    const label = `${running.url}/shipments/R1001P1/label`;
    expect(first).toEqual({
      shipment: {
        ...{ id: 'R1001P1', carrier: 'swift', trackingNumber: expect.stringMatching(/^TR\d+$/), label },
        ...{ queryNumber: null, awbNumber: null, parcels: [{ weight: 1.5 }], status: 'unknown', events: [] },
      },
      label: { url: label },
      parcelLabels: [null],
    });
    expect(second).toEqual(first);
  });

  test('a parcel is followed to its delivery', async () => {
    const { shipment: opened } = await client.openShipment(carrier, shipment('R1002P1'));
    const statuses = async () => (await client.track(carrier, opened)).map(({ status }) => status);

    expect(await statuses()).toEqual(['info_received']);
    clock += 40_000;
    expect(await statuses()).toEqual(['info_received', 'in_transit']);
    clock += 60_000;
    expect(await statuses()).toEqual(['info_received', 'in_transit', 'out_for_delivery', 'delivered']);
    expect((await client.track(carrier, opened)).at(-1)).toEqual({
      status: 'delivered',
      rawCode: 'DELIVERED',
      at: '2026-11-23T09:01:40.000Z',
      description: 'Handed to the customer',
    });
  });

  test('one that was opened before it was packed gets its parcels, each with a number and a label of its own', async () => {
    await client.openShipment(carrier, { ...shipment('R1005P1'), parcels: [] });

    const opened = await client.openShipment(carrier, {
      ...shipment('R1005P1'),
      parcels: [{ weight: 1 }, { weight: 2 }],
    });

    const { trackingNumber, parcels } = opened.shipment;
    expect(parcels).toEqual([
      { weight: 1, trackingNumber: `${trackingNumber}-1` },
      { weight: 2, trackingNumber: `${trackingNumber}-2` },
    ]);
    const bytes = await client.fetchLabel(carrier, `${running.url}/shipments/R1005P1/label/2`);
    expect(opened.parcelLabels[1]).toEqual({ url: `${running.url}/shipments/R1005P1/label/2` });
    expect(Buffer.from(bytes ?? []).toString()).toMatch(/^\^XA.*R1005P1 2/);
  });

  test('its answer lost after the shipment was opened: opened again, there is one', async () => {
    const fault = { kind: 'lost_answer', method: 'POST', path: '/shipments' };
    await fetch(`${running.url}/control`, { method: 'POST', body: JSON.stringify(fault) });

    await expect(client.openShipment(carrier, shipment('R1006P1'))).rejects.toMatchObject({
      code: 'carrier.unreachable',
    });
    const first = await client.openShipment(carrier, shipment('R1006P1'));

    expect((await client.openShipment(carrier, shipment('R1006P1'))).shipment).toEqual(first.shipment);
  });

  test.each(['duplicates', 'reordered'])('news that comes %s is the same news', async (kind) => {
    const id = kind === 'duplicates' ? 'R1007P1' : 'R1008P1';
    const { shipment: opened } = await client.openShipment(carrier, shipment(id));
    clock += 70_000;
    await fetch(`${running.url}/control`, { method: 'POST', body: JSON.stringify({ kind, path: 'history' }) });

    const news = hearNews(opened, await client.track(carrier, opened));

    expect(news?.status).toBe('out_for_delivery');
    expect(news?.events.map(({ rawCode }) => rawCode)).toEqual(['CREATED', 'SHIPPING', 'OUT_FOR_DELIVERY']);
    expect(hearNews(news!, await client.track(carrier, opened))).toBeNull();
  });

  const misbehave = (fault: object) =>
    fetch(`${running.url}/control`, { method: 'POST', body: JSON.stringify(fault) }).then(({ status }) => status);

  test.each([
    ['openShipment', 'POST', { kind: 'error', status: 503 }],
    ['openShipment', 'POST', { kind: 'garbage' }],
    ['openShipment', 'POST', { kind: 'wrong_types' }],
    ['track', 'GET', { kind: 'error', status: 500 }],
    ['track', 'GET', { kind: 'garbage' }],
    ['track', 'GET', { kind: 'wrong_types' }],
    ['track', 'GET', { kind: 'lost_answer' }],
    // The limit of a call is 8 s.
    ['track', 'GET', { kind: 'slow', ms: 9_000 }],
    ['cancelShipment', 'DELETE', { kind: 'error', status: 502 }],
    ['cancelShipment', 'DELETE', { kind: 'lost_answer' }],
  ] as const)(
    '%s, and the carrier behaves badly (%s, %j): later, and then as if nothing had been',
    async (call, method, fault) => {
      const id = `R2${method}${fault.kind}P1`;
      const open = () => client.openShipment(carrier, shipment(id));
      if (call !== 'openShipment') await open();
      const calls = {
        openShipment: open,
        track: () => client.track(carrier, unknownShipment(id)),
        cancelShipment: () => client.cancelShipment(carrier, id),
      };
      expect(await misbehave({ ...fault, method })).toBe(201);

      await expect(calls[call]()).rejects.toMatchObject({ code: 'carrier.unreachable' });

      const expected = {
        openShipment: expect.objectContaining({ shipment: (await open()).shipment }) as unknown,
        track: [expect.objectContaining({ rawCode: 'CREATED' })],
        cancelShipment: 'cancelled',
      };
      expect(await calls[call]()).toEqual(expected[call]);
    },
  );

  test('a shipment is cancelled until it is on its way', async () => {
    await client.openShipment(carrier, shipment('R1003P1'));
    await client.openShipment(carrier, shipment('R1004P1'));

    expect(await client.cancelShipment(carrier, 'R1003P1')).toBe('cancelled');
    expect(await client.cancelShipment(carrier, 'R1003P1')).toBe('cancelled');
    clock += 40_000;
    expect(await client.cancelShipment(carrier, 'R1004P1')).toBe('refused');
    expect(await client.cancelShipment(carrier, 'never-opened')).toBe('cancelled');
  });

  test('wrong credentials are refused for good', async () => {
    const stranger = carrierAt(running.url, { type: 'anonymous' });

    await expect(client.openShipment(stranger, shipment())).rejects.toMatchObject({ code: 'carrier.refused' });
  });
});

describe('against a carrier that does not', () => {
  let server: HttpServer;
  let seen: ReceivedRequest[];
  let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;

  beforeAll(async () => {
    server = await startHttpServer((request) => {
      seen.push(request);
      return answer(request);
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen = [];
  });

  const open = () => client.openShipment(carrierAt(server.url), shipment());

  test('every call carries its id, the version of the contract and what the carrier needs', async () => {
    answer = () => ({ status: 201, json: { trackingNumber: 'T1', newField: 'may grow' } });

    await open();

    expect(seen).toMatchObject([
      {
        method: 'POST',
        path: '/shipments',
        headers: { 'x-akinon-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/), 'x-akinon-api-version': '1' },
      },
    ]);
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      shipmentId: 'R1001P1',
      orderNumber: 'R1001',
      type: 'CUSTOMER',
      originId: 'ORIGIN-S01',
      destination: { surname: 'Example', country: { code: 'TR' }, district: { name: 'Kadikoy' } },
      products: [{ sku: 'SKU-012', quantity: 1 }],
    });
  });

  test('what the courier collects goes along, as decimal text', async () => {
    answer = () => ({ status: 201, json: { trackingNumber: 'T1' } });
    const { currency } = shipment().order;

    await client.openShipment(carrierAt(server.url), { ...shipment(), cashOnDelivery: 4_990 });

    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      payment: { paymentId: 'R1001P1', amount: '49.90', currency },
    });
  });

  test('a shipment that the carrier has already is read instead of opened', async () => {
    answer = ({ method }) => {
      if (method === 'POST') return { status: 409 };
      return method === 'PATCH' ? { status: 405 } : { json: { trackingNumber: 'T7' } };
    };

    expect(await open()).toMatchObject({ shipment: { trackingNumber: 'T7' } });
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'GET']);
  });

  test('one that can be changed gets what is known now', async () => {
    answer = ({ method }) => (method === 'POST' ? { status: 409 } : { json: { trackingNumber: 'T8' } });

    await open();

    const [first, second] = seen;
    expect([second?.method, second?.path]).toEqual(['PATCH', '/shipments/R1001P1']);
    expect(second?.body).toBe(first?.body);
  });

  test('a label in the answer comes decoded', async () => {
    const labelContent = Buffer.from('%PDF-label').toString('base64');
    answer = () => ({
      json: { trackingNumber: 'T1', labelContent, parcels: [{ trackingNumber: 'T1-1', labelContent }] },
    });

    const bytes = Buffer.from('%PDF-label');
    expect(await open()).toMatchObject({ label: { bytes }, parcelLabels: [{ bytes }] });
  });

  test('what its codes mean is what the brand says, and then what we know', async () => {
    const at = '2026-11-23T09:00:00.000Z';
    answer = () => ({
      json: {
        events: [
          { status: 'ON_VAN', at, trackingNumber: 'T1-2' },
          { status: 'DELIVERED', at },
        ],
      },
    });
    const own = { ...carrierAt(server.url), statuses: { ON_VAN: 'out_for_delivery' } as const };

    expect(await client.track(own, { ...unknownShipment('R1001P1'), carrier: 'swift' })).toEqual([
      { status: 'out_for_delivery', rawCode: 'ON_VAN', at, trackingNumber: 'T1-2' },
      { status: 'delivered', rawCode: 'DELIVERED', at },
    ]);
  });

  test('a carrier without an interface is never called', async () => {
    const byHand = { ...carrierAt(server.url), adapter: 'manual' } as const;

    expect(await client.openShipment(byHand, shipment())).toMatchObject({
      shipment: { trackingNumber: null },
      label: null,
    });
    expect(await client.track(byHand, unknownShipment('R1001P1'))).toEqual([]);
    expect(await client.cancelShipment(byHand, 'R1001P1')).toBe('cancelled');
    expect(seen).toEqual([]);
  });

  test.each<[string, Answer, string]>([
    ['500', { status: 500 }, 'carrier.unreachable'],
    ['429', { status: 429 }, 'carrier.unreachable'],
    ['400', { status: 400, json: { message: 'the postcode is wrong' } }, 'carrier.refused'],
    ['302', { status: 302, headers: { location: '/' } }, 'carrier.refused'],
    ['no JSON', { text: '<html>' }, 'carrier.unreachable'],
    ['no tracking number', { json: { id: 7 } }, 'carrier.unreachable'],
  ])('%s', async (_what, reply, code) => {
    answer = () => reply;

    await expect(open()).rejects.toMatchObject({ code });
  });

  test('what the carrier says is handed on', async () => {
    answer = () => ({ status: 400, json: { message: 'the postcode is wrong' } });

    await expect(open()).rejects.toMatchObject({ detail: expect.stringContaining('the postcode is wrong') });
  });

  test('words that are not ours are unknown, and kept; times are in UTC', async () => {
    answer = () => ({ json: { events: [{ status: 'AT_THE_BEACH', at: '2026-11-23T12:00:00+03:00' }] } });

    const { shipment: opened } = await shipmentOf();

    expect(await client.track(carrierAt(server.url), opened)).toEqual([
      { status: 'unknown', rawCode: 'AT_THE_BEACH', at: '2026-11-23T09:00:00.000Z' },
    ]);
  });

  test('a carrier that is away can be reached later', async () => {
    await expect(client.openShipment(carrierAt('http://127.0.0.1:1'), shipment())).rejects.toMatchObject({
      code: 'carrier.unreachable',
      detail: 'Carrier swift cannot be reached: nothing listens there',
    });
  });

  async function shipmentOf() {
    const kept = answer;
    answer = () => ({ json: { trackingNumber: 'T1' } });
    const opened = await open();
    answer = kept;
    return opened;
  }
});
