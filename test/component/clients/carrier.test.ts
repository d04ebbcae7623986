import { createCarrierClient } from '../../../src/clients/carrier.js';
import type { Carrier } from '../../../src/domain/configuration/integrations.js';
import type { ShipmentRequest } from '../../../src/domain/shipment/carrierClient.js';
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

    expect(first).toEqual({
      id: 'R1001P1',
      carrier: 'swift',
      trackingNumber: expect.stringMatching(/^TR\d+$/),
      queryNumber: null,
      awbNumber: null,
      label: `${running.url}/shipments/R1001P1/label`,
      parcels: [{ weight: 1.5 }],
      status: 'unknown',
      events: [],
    });
    expect(second).toEqual(first);
  });

  test('a parcel is followed to its delivery', async () => {
    const opened = await client.openShipment(carrier, shipment('R1002P1'));
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
    answer = ({ method }) => (method === 'POST' ? { status: 409 } : { json: { trackingNumber: 'T7' } });

    expect(await open()).toMatchObject({ trackingNumber: 'T7' });
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

    const opened = { ...(await shipmentOf()), id: 'R1001P1' };

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
