import { readFileSync } from 'node:fs';
import path from 'node:path';

import { createCarrierClient } from '../../../src/clients/carriers/carrierClient.js';
import { createInvoiceClient } from '../../../src/clients/invoiceService.js';
import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import type { Carrier, StockEngine, StockRow } from '../../../src/domain/configuration/integrations.js';
import type { WrittenInvoice } from '../../../src/domain/invoice.js';
import type { Order } from '../../../src/domain/order/order.js';
import { packageAmounts } from '../../../src/domain/package/amounts.js';
import type { PackageRecord } from '../../../src/domain/package/package.js';
import type { ShipmentRequest } from '../../../src/domain/shipment/carrierClient.js';
import { unknownShipment, type TrackingEvent } from '../../../src/domain/shipment/shipment.js';
import { recording, startRecordedService, type Exchange } from '../../support/recordedService.js';

const allow = ['127.0.0.1'];

interface Refusal {
  readonly code: string;
  /** Part of it. */
  readonly detail: string;
}

const refusalOf = ({ code, detail }: Refusal) => ({ code, detail: expect.stringContaining(detail) as unknown });

/** Runs what is asked against a service that answers as recorded, and holds the requests against the recording. */
async function against<Answer>(
  exchanges: readonly Exchange[],
  ask: (url: string) => Promise<Answer>,
): Promise<Answer | Refusal> {
  const service = await startRecordedService(exchanges);
  try {
    return await ask(service.url).catch((error: Refusal) => error);
  } finally {
    await service.close();
    expect(service.asked()).toEqual(exchanges.map(({ request }) => request));
  }
}

describe('a stock service as it was recorded', () => {
  interface Recorded {
    readonly what: string;
    readonly engine: Pick<StockEngine, 'mode' | 'auth'> & { readonly skuParam?: string };
    readonly skus: readonly string[];
    readonly exchanges: readonly Exchange[];
    readonly rows?: readonly StockRow[];
    readonly error?: Refusal;
  }

  test.each(recording('stock') as Recorded[])('$what', async ({ engine, skus, exchanges, rows, error }) => {
    const answer = await against(exchanges, (url) => {
      const { auth } = engine;
      const login = auth.type === 'token' ? { ...auth, loginUrl: `${url}${auth.loginUrl}` } : auth;
      const asked = { code: 'erp', url: `${url}/stock`, skuParam: 'sku', timeoutMs: 2_000, maxSkusPerRequest: 100 };
      return createStockEngineClient({ allow }).inquire({ ...asked, ...engine, auth: login }, skus);
    });

    if (error) expect(answer).toMatchObject(refusalOf(error));
    else expect(answer).toEqual(rows);
  });
});

describe('a carrier as it was recorded', () => {
  const { carrier, request, body, answers, history } = recording('carrier') as {
    readonly carrier: Carrier;
    readonly request: ShipmentRequest;
    readonly body: object;
    readonly answers: { readonly whole: object; readonly least: object };
    readonly history: { readonly events: readonly { readonly status: string }[] };
  };
  const client = createCarrierClient({ allow });
  const at = (url: string): Carrier => ({ ...carrier, url: `${url}/api/` });
  const headers = { authorization: 'Basic YnJhbmQ6c2VjcmV0', 'x-akinon-api-version': '1' };
  const shipment = { path: '/api/shipments/R1001P1', headers };
  const opening = { method: 'POST', path: '/api/shipments', headers, body };

  test('opens a shipment with everything that the contract has, and reads everything that it answers', async () => {
    const exchange = { request: opening, response: { status: 201, body: answers.whole } };

    expect(await against([exchange], (url) => client.openShipment(at(url), request))).toEqual({
      shipment: {
        ...{ id: 'R1001P1', carrier: 'swift', trackingNumber: 'TR900001', queryNumber: 'Q-17', awbNumber: 'AWB-3' },
        ...{ label: 'https://labels.carrier.example/TR900001', status: 'unknown', events: [] },
        parcels: [
          { weight: 1.5, trackingNumber: 'TR900001-1' },
          { weight: 0.4, length: 20, width: 10, height: 10, trackingNumber: 'TR900001-2' },
        ],
      },
      label: { url: 'https://labels.carrier.example/TR900001' },
      parcelLabels: [{ bytes: Buffer.from('^XA^XZ') }, { url: 'https://labels.carrier.example/TR900001-2' }],
    });
  });

  test('opens one for a pick-up point that is paid and has no sender address of its own', async () => {
    const order = { ...request.order, delivery: { type: 'click_and_collect' as const, pickupLocation: 'S01' } };
    const location = { ...request.location, senderAddresses: {} };
    const { originId, payment, ...rest } = body as Record<string, unknown>;
    const exchange = {
      request: { ...opening, body: { ...rest, type: 'PICK_UP_LOCATION' } },
      response: { status: 200, body: answers.least },
    };

    const answer = await against([exchange], (url) =>
      client.openShipment(at(url), { ...request, order, location, cashOnDelivery: null }),
    );

    expect([originId, payment]).not.toContain(undefined);
    expect(answer).toMatchObject({ shipment: { trackingNumber: 'TR900001', label: null }, label: null });
  });

  test('brings a shipment that is there up to date', async () => {
    const exchanges = [
      { request: opening, response: { status: 409, body: { detail: 'exists' } } },
      { request: { ...shipment, method: 'PATCH', body }, response: { status: 200, body: answers.least } },
    ];

    expect(await against(exchanges, (url) => client.openShipment(at(url), request))).toMatchObject({
      shipment: { trackingNumber: 'TR900001' },
    });
  });

  test.each([404, 405, 501])('takes it as it is where the carrier answers %s to changes', async (status) => {
    const exchanges = [
      { request: opening, response: { status: 409, body: {} } },
      { request: { ...shipment, method: 'PATCH', body }, response: { status, text: '' } },
      { request: { ...shipment, method: 'GET' }, response: { status: 200, body: answers.whole } },
    ];

    expect(await against(exchanges, (url) => client.openShipment(at(url), request))).toMatchObject({
      shipment: { trackingNumber: 'TR900001', awbNumber: 'AWB-3' },
    });
  });

  test.each([
    [400, 'carrier.refused'],
    [422, 'carrier.refused'],
    [408, 'carrier.unreachable'],
    [429, 'carrier.unreachable'],
    [503, 'carrier.unreachable'],
  ])('%s to an opening is %s, with the words of the carrier', async (status, code) => {
    const exchange = { request: opening, response: { status, body: { detail: 'district unknown' } } };

    expect(await against([exchange], (url) => client.openShipment(at(url), request))).toMatchObject(
      refusalOf({ code, detail: `answered ${status}: {"detail":"district unknown"}` }),
    );
  });

  test.each([
    [204, 'cancelled'],
    [404, 'cancelled'],
    [409, 'refused'],
  ])('%s to a deletion is %s', async (status, outcome) => {
    const exchange = { request: { ...shipment, method: 'DELETE' }, response: { status, text: '' } };

    expect(await against([exchange], (url) => client.cancelShipment(at(url), 'R1001P1'))).toBe(outcome);
  });

  test('tells each piece of news in our vocabulary, with its raw code', async () => {
    const exchange = {
      request: { ...shipment, method: 'GET', path: `${shipment.path}/history` },
      response: { status: 200, body: history },
    };

    const news = await against([exchange], (url) => client.track(at(url), unknownShipment('R1001P1')));

    expect(news).toHaveLength(history.events.length);
    expect(news).toEqual(
      expect.arrayContaining([
        { status: 'info_received', rawCode: 'CREATED', at: '2026-11-23T09:00:00.000Z', description: 'Data received' },
        { status: 'in_transit', rawCode: 'SHIPPING', at: '2026-11-23T18:30:00.000Z', trackingNumber: 'TR900001-1' },
        { status: 'unknown', rawCode: 'SORTED_TWICE', at: '2026-11-26T12:00:00.000Z' },
      ]),
    );
    expect(new Map((news as readonly TrackingEvent[]).map((of) => [of.rawCode, of.status]))).toEqual(
      new Map([...documentedCodes(), ['SORTED_TWICE', 'unknown']]),
    );
  });

  /** The table of codes in the page for carriers. */
  function documentedCodes(): [string, string][] {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/integrate/carriers.md'), 'utf8');
    return [...page.matchAll(/^\| `([A-Z_]+)` +\| `([a-z_]+)` +\|/gm)].map(([, code = '', status = '']) => [
      code,
      status,
    ]);
  }
});

describe('an invoice service as it was recorded', () => {
  interface Recorded {
    readonly what: string;
    readonly generateNumber?: boolean;
    readonly response: Exchange['response'];
    readonly invoice?: number | (Omit<WrittenInvoice, 'document'> & { readonly document: string | null });
    readonly error?: Refusal;
  }
  const recorded = recording('invoice') as {
    readonly order: Order;
    readonly package: PackageRecord;
    readonly question: object;
    readonly answers: readonly Recorded[];
  };

  test.each(recorded.answers)('$what', async ({ generateNumber = false, response, invoice, error }) => {
    const { order, package: parcel, question } = recorded;
    const amounts = packageAmounts(order.lines, [parcel], parcel);
    const request = {
      ...{ method: 'POST', path: '/invoices', headers: { 'idempotency-key': 'R1001P1', authorization: 'Bearer key' } },
      body: generateNumber ? { ...question, number: 'R1001P1' } : question,
    };

    const answer = await against([{ request, response }], (url) =>
      createInvoiceClient({ allow }).request(
        {
          ...{ url: `${url}/invoices`, auth: { type: 'bearer', token: 'key' }, generateNumber },
          timeouts: { connectMs: 1_000, readMs: 1_000 },
        },
        { parcel, order, amounts, cashOnDelivery: 30_304 },
      ),
    );

    if (error) expect(answer).toMatchObject(refusalOf(error));
    else if (typeof invoice === 'number') expect(answer).toBe(invoice);
    else expect(answer).toEqual(invoice && { ...invoice, document: invoice.document && Buffer.from(invoice.document) });
  });
});
