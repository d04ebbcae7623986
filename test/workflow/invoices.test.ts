import type { InvoiceRequest, LifecycleChanges } from '../../src/domain/lifecycle/changes.js';
import type { PackageRecord } from '../../src/domain/package/package.js';
import type { Fault } from '../../src/local/simulators/faults.js';
import { startInvoiceService, type InvoiceService } from '../../src/local/simulators/invoiceService.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { serveWorld, HTTP_KEY } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let service: InvoiceService;

beforeAll(async () => {
  [world, service] = await Promise.all([openWorld(), startInvoiceService()]);
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  api = await serveWorld(world);
  await publish('pack');
});

afterAll(async () => {
  await api.close();
  await world.close();
  await service.stop();
});

beforeEach(() => control('DELETE'));

/** A life cycle whose command asks for an invoice. */
function requesting(command: 'pack' | 'ship', change: Partial<InvoiceRequest> = {}): LifecycleChanges {
  const timeouts = { connectMs: 1_000, readMs: 1_000 };
  const wanted = { url: service.invoiceUrl, auth: { type: 'anonymous' }, timeouts, generateNumber: false } as const;
  return { states: {}, commands: {}, transitions: [{ command, requestInvoice: { ...wanted, ...change } }] };
}

async function publish(...wanted: Parameters<typeof requesting>): Promise<void> {
  const { lifecycles } = world.configuration;
  await lifecycles.createDraft('package', requesting(...wanted), new Date());
  await lifecycles.publish('package', 'test', new Date());
}

/** What goes wrong with the next questions; without a body, all of it ends. */
async function control(method: 'POST' | 'DELETE', fault?: Fault): Promise<void> {
  const body = fault ? { body: JSON.stringify(fault) } : {};
  const { ok } = await fetch(`${service.url}/control`, { method, ...body });
  expect(ok).toBe(true);
}

async function waiting(change: object = {}): Promise<string> {
  const number = `${await world.place(newOrder({ lines: lines(['A', 2]), ...change }))}P1`;
  await world.packageIn(number, 'waiting');
  return number;
}

const withInvoice = (number: string): Promise<PackageRecord> =>
  eventually(async () => {
    const found = await world.records.packages.find(number);
    return found?.invoice ? found : null;
  }, `the invoice of ${number}`);

const typesOf = async (number: string): Promise<string[]> =>
  (await world.records.events.read({ limit: 100, subject: `package/${number}` })).items.map(({ type }) => type);

const documentOf = (number: string) =>
  fetch(`${api.url}/v1/packages/${number}/invoice`, {
    headers: { authorization: `Bearer ${HTTP_KEY}` },
    redirect: 'manual',
  });

test('packing asks for the invoice; its document is kept and served', async () => {
  const number = await waiting();
  await world.command(number, { command: 'pack' });

  const parcel = await withInvoice(number);

  expect(parcel).toMatchObject({
    ...{ state: 'packed', awaitedInvoice: null },
    invoice: { number: service.written.get(number), type: 'e-archive', isStored: true },
  });
  expect(await typesOf(number)).toContain('package.invoice.updated');
  const document = await documentOf(number);
  expect([document.status, document.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(await document.text()).toMatch(/^%PDF-/);
});

test('the service is down when a package is packed: it goes on to its end, and the invoice comes late, once', async () => {
  await control('POST', { kind: 'error', method: 'POST', status: 503 });
  const number = await waiting();
  const order = number.replace(/P1$/, '');

  for (const command of ['pack', 'ship', 'deliver'] as const) await world.command(number, { command });

  await world.orderIn(order, 'completed');
  await world.closed(`order/${order}`);
  expect(await world.records.packages.find(number)).toMatchObject({
    ...{ state: 'delivered', invoice: null, awaitedInvoice: { status: 'pending', command: 'pack', from: 'waiting' } },
  });
  const listed = await api.call('GET', '/packages?awaitedInvoice=pending');
  expect(listed.body['items']).toMatchObject([
    { number, awaitedInvoice: { detail: expect.stringContaining('answered 503') as unknown } },
  ]);
  await world.closed(`package/${number}`);
  expect(await world.records.packages.find(number)).toMatchObject({ invoice: { number: service.written.get(number) } });
  expect((await api.call('GET', '/packages?awaitedInvoice=pending')).body['items']).toEqual([]);
  const updated = (await typesOf(number)).filter((type) => type === 'package.invoice.updated');
  expect(updated).toHaveLength(1);
});

test('its answer lost after the invoice was written: there is one invoice', async () => {
  await control('POST', { kind: 'lost_answer', method: 'POST' });
  const before = service.written.size;
  const number = await waiting();
  await world.command(number, { command: 'pack' });

  expect((await withInvoice(number)).invoice?.number).toBe(service.written.get(number));
  expect(service.written.size).toBe(before + 1);
});

test('its document cannot be fetched at first: it is tried again, of the same invoice', async () => {
  await control('POST', { kind: 'error', method: 'GET', path: '/documents' });
  const before = service.written.size;
  const number = await waiting();
  await world.command(number, { command: 'pack' });

  expect((await withInvoice(number)).invoice).toMatchObject({ number: service.written.get(number), isStored: true });
  expect(service.written.size).toBe(before + 1);
  expect((await documentOf(number)).status).toBe(200);
});

test('its document cannot be fetched at all: the invoice is there with its address', async () => {
  await control('POST', { kind: 'error', method: 'GET', path: '/documents', times: 0 });
  const number = await waiting();
  await world.command(number, { command: 'pack' });

  const { invoice } = await withInvoice(number);

  expect(invoice).toMatchObject({ number: service.written.get(number), url: expect.stringContaining('/documents/') });
  expect(invoice?.isStored).toBeUndefined();
  expect((await documentOf(number)).headers.get('location')).toBe(invoice?.url);
});

test('an invoice that a person gives meanwhile stays, and nobody asks any more', async () => {
  await control('POST', { kind: 'error', method: 'POST', times: 0 });
  const number = await waiting();
  await world.command(number, { command: 'pack' });
  const content = Buffer.from('%PDF-by-hand').toString('base64');
  const given = { number: 'F-1', type: 'paper', date: '2026-11-23', content };

  await world.command(number, { command: 'update_invoice', ...given });
  for (const command of ['ship', 'deliver'] as const) await world.command(number, { command });

  await world.closed(`package/${number}`);
  expect(await world.records.packages.find(number)).toMatchObject({ invoice: given, awaitedInvoice: null });
  expect(service.written.has(number)).toBe(false);
  expect(await (await documentOf(number)).text()).toBe('%PDF-by-hand');
});

test('a package that is packed with its invoice asks for none; an address is where the document is', async () => {
  const number = await waiting();
  const invoice = { number: 'F-2', type: 'paper', date: '2026-11-23', url: 'https://invoices.example/F-2' };

  const packed = await world.command(number, { command: 'pack', invoice });

  expect(packed).toMatchObject({ state: 'packed', invoice, awaitedInvoice: null });
  expect(service.written.has(number)).toBe(false);
  const document = await documentOf(number);
  expect([document.status, document.headers.get('location')]).toEqual([302, invoice.url]);
});

test('what the service will not write is refused, with its words; a person may give one', async () => {
  await control('POST', { kind: 'error', method: 'POST', status: 422 });
  const number = await waiting();
  await world.command(number, { command: 'pack' });

  const refused = await eventually(async () => {
    const found = await world.records.packages.find(number);
    return found?.awaitedInvoice?.status === 'refused' ? found : null;
  }, 'a refusal');

  expect(refused.awaitedInvoice?.detail).toMatch(/answered 422: .*a fault of this simulator/);
  expect((await documentOf(number)).status).toBe(404);
});

test('a package that is cancelled before its invoice came needs none', async () => {
  await control('POST', { kind: 'error', method: 'POST', times: 0 });
  const number = await waiting();
  await world.command(number, { command: 'pack', withShipment: false });

  await world.command(number, { command: 'cancel', reason: 'customer' });

  await world.packageIn(number, 'cancelled');
  await world.closed(`package/${number}`);
  expect(await world.records.packages.find(number)).toMatchObject({ invoice: null, awaitedInvoice: null });
});

test('shipping asks where the life cycle says so, under our number', async () => {
  await publish('ship', { generateNumber: true });
  const number = await waiting();

  const packed = await world.command(number, { command: 'pack' });
  expect(packed.awaitedInvoice ?? null).toBeNull();
  await world.command(number, { command: 'ship' });

  expect((await withInvoice(number)).invoice?.number).toBe(number);
});

test('a run that ends before the invoice has come leaves the question to the next one', async () => {
  const stepwise = await openWorld({ continuing: { continueAfterEvents: 4 } });
  stepwise.stock.table.set('S1|A', 1_000);
  const { lifecycles } = stepwise.configuration;
  await lifecycles.createDraft('package', requesting('pack'), new Date());
  await lifecycles.publish('package', 'test', new Date());
  await control('POST', { kind: 'error', method: 'POST', status: 503, times: 2 });
  const number = `${await stepwise.place(newOrder({ lines: lines(['A', 1]) }))}P1`;
  await stepwise.packageIn(number, 'waiting');

  for (const command of ['pack', 'ship', 'deliver'] as const) await stepwise.command(number, { command });

  await stepwise.closed(`package/${number}`);
  expect(await stepwise.records.packages.find(number)).toMatchObject({
    ...{ state: 'delivered', awaitedInvoice: null, invoice: { number: service.written.get(number) } },
  });
  await stepwise.close();
});
