import type { LookupFunction } from 'node:net';

import { createInvoiceClient } from '../../../src/clients/invoiceService.js';
import type { InvoiceSubject } from '../../../src/domain/invoice.js';
import type { InvoiceRequest } from '../../../src/domain/lifecycle/changes.js';
import { packageAmounts } from '../../../src/domain/package/amounts.js';
import { demoOrders } from '../../../src/local/demo/orders.js';
import { startInvoiceService, type InvoiceService } from '../../../src/local/simulators/invoiceService.js';
import type { Fault } from '../../../src/local/simulators/faults.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { parcel } from '../api/support/orders.js';

const client = createInvoiceClient({ allow: ['127.0.0.1'] });
const login = { username: 'brand', password: 'secret' };

const serviceAt = (url: string, change: Partial<InvoiceRequest> = {}): InvoiceRequest => ({
  ...{ url, auth: { type: 'basic', ...login }, generateNumber: false },
  timeouts: { connectMs: 500, readMs: 500 },
  ...change,
});

function subject(number: string): InvoiceSubject {
  const [first] = demoOrders();
  if (!first) throw new Error('the demonstration brand is empty');
  const { order } = first;
  const [line] = order.lines;
  if (!line) throw new Error('the order is empty');
  const { id: lineId, sku, name, unitPrice } = line;
  const items = [{ id: '1', lineId, sku, name, unitPrice, quantity: 1 }];
  const record = { ...parcel('R1001', 1), number, items };
  return { parcel: record, order, amounts: packageAmounts(order.lines, [record], record), cashOnDelivery: null };
}

describe('against a service that keeps the contract', () => {
  let running: InvoiceService;
  const now = { at: Date.parse('2026-11-23T09:00:00Z') };
  const control = (fault: Fault) =>
    fetch(`${running.url}/control`, { method: 'POST', body: JSON.stringify(fault) }).then(({ status }) => status);

  beforeAll(async () => {
    running = await startInvoiceService({ login, now: () => new Date(now.at) });
  });
  afterAll(() => running.stop());

  test('asked twice, it writes one invoice', async () => {
    const service = serviceAt(running.invoiceUrl);

    const [first, second] = [
      await client.request(service, subject('R1P1')),
      await client.request(service, subject('R1P1')),
    ];

    expect(first).toEqual({
      ...{ number: 'INV1000000', type: 'e-archive', date: '2026-11-23T09:00:00.000Z', document: null },
      url: `${running.url}/documents/INV1000000`,
    });
    expect(second).toEqual(first);
  });

  test('its answer lost after the invoice was written: asked again, there is still one', async () => {
    expect(await control({ kind: 'lost_answer', method: 'POST' })).toBe(201);
    const service = serviceAt(running.invoiceUrl);

    await expect(client.request(service, subject('R2P1'))).rejects.toMatchObject({ code: 'invoice.unreachable' });
    const number = running.written.get('R2P1');

    expect(await client.request(service, subject('R2P1'))).toMatchObject({ number });
    expect([...running.written.values()].filter((one) => one === number)).toHaveLength(1);
  });

  test.each<Fault>([
    { kind: 'error', status: 503 },
    { kind: 'garbage' },
    { kind: 'wrong_types' },
    { kind: 'slow', ms: 1_500 },
  ])('%j: no invoice yet, and the next question gets it', async (fault) => {
    await control({ ...fault, method: 'POST' });
    const service = serviceAt(running.invoiceUrl);
    const asked = subject(`R3P${fault.kind.length}`);

    await expect(client.request(service, asked)).rejects.toMatchObject({ code: 'invoice.unreachable' });

    expect(await client.request(service, asked)).toMatchObject({ type: 'e-archive' });
  });

  test('an answer that takes longer than the read limit is none, though the connection was quick', async () => {
    await control({ kind: 'slow', ms: 700, method: 'POST' });
    const limited = serviceAt(running.invoiceUrl, { timeouts: { connectMs: 5_000, readMs: 300 } });

    await expect(client.request(limited, subject('R6P1'))).rejects.toMatchObject({
      detail: 'The invoice service cannot be reached: no answer within 300 ms',
    });
  });

  test('a number of ours is the number of the invoice', async () => {
    const service = serviceAt(running.invoiceUrl, { generateNumber: true });

    expect(await client.request(service, subject('R4P1'))).toMatchObject({ number: 'R4P1' });
  });

  test('what it cannot write is refused for good', async () => {
    const empty = { ...subject('R5P1'), amounts: [] };

    await expect(client.request(serviceAt(running.invoiceUrl), empty)).rejects.toMatchObject({
      code: 'invoice.refused',
    });
  });

  test('its document is fetched; one that is gone is none', async () => {
    const service = serviceAt(running.invoiceUrl);

    const bytes = await client.fetch(service, `${running.url}/documents/INV1000000`);

    expect(Buffer.from(bytes ?? []).toString()).toMatch(/^%PDF-/);
    expect(await client.fetch(service, `${running.url}/elsewhere`)).toBeNull();
  });
});

describe('the request and its answers, byte for byte', () => {
  let server: HttpServer;
  let reply: Answer;
  let asked: ReceivedRequest[] = [];
  const service = () => serviceAt(`${server.url}/write`);
  const invoice = { number: 'F1', type: 'e-invoice', date: '2026-11-23' };

  beforeAll(async () => {
    server = await startHttpServer((request) => {
      asked.push(request);
      return reply;
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked = [];
    reply = { json: invoice };
  });

  test('one POST under the number of the package, with every amount in minor units', async () => {
    const given = { ...subject('R1P1'), cashOnDelivery: 4_990 };
    await client.request(service(), given);

    const [request] = asked;
    expect(request?.method).toBe('POST');
    expect(request?.headers).toMatchObject({ 'idempotency-key': 'R1P1', 'content-type': 'application/json' });
    const { order, parcel: record, amounts } = given;
    const [amount] = amounts;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      ...{ package: 'R1P1', order: order.number, location: record.location, channel: order.channel },
      ...{ currency: order.currency, placedAt: order.placedAt, paymentType: order.paymentType },
      customer: order.customer,
      shippingAddress: order.shippingAddress,
      billingAddress: order.billingAddress ?? order.shippingAddress,
      items: [
        {
          ...{ id: '1', lineId: record.items[0]?.lineId, sku: record.items[0]?.sku, name: record.items[0]?.name },
          ...{ quantity: 1, unitPrice: record.items[0]?.unitPrice, discount: amount?.discount, net: amount?.net },
          taxRate: order.lines[0]?.taxRate,
        },
      ],
      total: amount?.net,
      cashOnDelivery: 4_990,
    });
  });

  test('a document in the answer comes decoded', async () => {
    reply = { json: { ...invoice, content: Buffer.from('%PDF-x').toString('base64') } };

    expect(await client.request(service(), subject('R1P1'))).toMatchObject({
      document: Buffer.from('%PDF-x'),
      url: null,
    });
  });

  test('202: asked again when it says, or in a minute', async () => {
    reply = { status: 202, json: {}, headers: { 'retry-after': '7' } };
    expect(await client.request(service(), subject('R1P1'))).toBe(7);

    reply = { status: 202, json: {} };
    expect(await client.request(service(), subject('R1P1'))).toBe(60);
  });

  test.each<[string, Answer, RegExp]>([
    ['no number', { json: { ...invoice, number: undefined } }, /without the number/],
    ['a date that is none', { json: { ...invoice, date: 'today' } }, /\/date/],
    ['an address that nobody may call', { json: { ...invoice, url: 'file:///etc/passwd' } }, /\/url/],
    ['content that is no base64', { json: { ...invoice, content: '%%%' } }, /\/content/],
    ['a list', { json: [invoice] }, /do not understand/],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1/' } }, /answered 302/],
    ['401', { status: 401, text: 'who are you' }, /answered 401: who are you/],
  ])('%s: no invoice yet', async (_name, answer, detail) => {
    reply = answer;

    await expect(client.request(service(), subject('R1P1'))).rejects.toMatchObject({
      code: 'invoice.unreachable',
      detail: expect.stringMatching(detail),
    });
  });

  test('no connection is told from no answer, for documents too', async () => {
    const lookup: LookupFunction = () => undefined;
    const lost = createInvoiceClient({ allow: ['127.0.0.1'], lookup });
    const limited = serviceAt('http://nowhere.example/', { timeouts: { connectMs: 100, readMs: 60_000 } });

    await expect(lost.request(limited, subject('R1P1'))).rejects.toMatchObject({
      detail: 'The invoice service cannot be reached: no connection within 100 ms',
    });
    expect(await lost.fetch(limited, 'http://nowhere.example/x')).toBeNull();
  });

  test('another number than ours is not believed', async () => {
    const ours = serviceAt(`${server.url}/write`, { generateNumber: true });

    await expect(client.request(ours, subject('R1P1'))).rejects.toMatchObject({
      detail: 'The invoice service numbered the invoice F1, and we asked for R1P1',
    });
  });

  test('the credentials of the service go nowhere else', async () => {
    const elsewhere = await startHttpServer((request) => {
      asked.push(request);
      return { text: '%PDF-' };
    });
    await client.fetch(service(), `${elsewhere.url}/x`);
    await client.fetch(service(), `${server.url}/y`);
    await elsewhere.close();

    expect(asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true]);
  });

  test('an address inside is not fetched from', async () => {
    const careful = createInvoiceClient({ allow: [] });

    expect(await careful.fetch(service(), `${server.url}/x`)).toBeNull();
    expect(asked).toEqual([]);
  });
});
