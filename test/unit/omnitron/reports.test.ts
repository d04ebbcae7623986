import { PACKAGE_LIFECYCLE, type PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { isForward, lineReports, type ReportedPackage } from '../../../src/domain/omnitron/lineReports.js';
import { retryDelayMs } from '../../../src/domain/omnitron/orderReport.js';
import { tellPackage, type ToldPackage } from '../../../src/domain/omnitron/toldPackage.js';
import { receivedOrder, type Order } from '../../../src/domain/order/order.js';
import { orderBody } from '../../component/api/support/orders.js';

const silent = (command: string) => ({
  ...PACKAGE_LIFECYCLE,
  transitions: PACKAGE_LIFECYCLE.transitions.map((row) =>
    row.command === command ? { ...row, options: { syncOmnitron: false } } : row,
  ),
});

const news = (sequence: number, state: PackageState) => ({ number: 'R1P1', sequence, state });
const told = (states: PackageState[], lifecycle = PACKAGE_LIFECYCLE) =>
  states
    .reduce<readonly ToldPackage[]>((known, state, n) => tellPackage(known, news(n + 1, state), lifecycle), [])
    .map((one) => one.told);

describe('what is told of a package', () => {
  test('every transition, in the order of its events', () => {
    expect(told(['waiting', 'preparing', 'packed', 'shipped'])).toEqual(['shipped']);
  });

  test('an event that came before changes nothing, and nothing comes back', () => {
    const known = tellPackage(
      tellPackage([], news(1, 'waiting'), PACKAGE_LIFECYCLE),
      news(4, 'packed'),
      PACKAGE_LIFECYCLE,
    );

    expect(tellPackage(known, news(4, 'packed'), PACKAGE_LIFECYCLE)).toBe(known);
    expect(tellPackage(known, news(3, 'preparing'), PACKAGE_LIFECYCLE)).toBe(known);
  });

  test('a transition that is switched off leaves what was told before; the next one is told again', () => {
    expect(told(['waiting', 'packed'], silent('pack'))).toEqual(['waiting']);
    expect(told(['waiting', 'packed', 'shipped'], silent('pack'))).toEqual(['shipped']);
    expect(told(['waiting', 'packed', 'shipped'], silent('ship'))).toEqual(['packed']);
  });
});

describe('what is due for a line', () => {
  const order = { ...orderBody('R1'), priority: 3, tags: [], attributes: {} } as unknown as Order;
  const record = receivedOrder(order, '2026-11-23T09:00:00Z');
  const parcel = (
    n: number,
    state: PackageState,
    quantity: number,
    more: Partial<ReportedPackage> = {},
  ): ReportedPackage => ({
    number: `R1P${n}`,
    state,
    items: [{ id: '1', lineId: '1', sku: 'SKU-1', name: 'Mug', quantity, unitPrice: 1990 }],
    reason: state === 'cancelled' ? { kind: 'cancellation', code: 'customer', note: null } : null,
    shipment: null,
    invoice: null,
    ...more,
  });
  const due = (...packages: ReportedPackage[]) => {
    const known = packages.map(({ number, state }) => ({ number, state, told: state, sequence: 1 }));
    return lineReports(record, packages, known, (carrier) => `their-${carrier}`)[0];
  };

  test.each([
    ['nothing is packed', [parcel(1, 'preparing', 2)], undefined],
    ['packed', [parcel(1, 'packed', 2)], '450'],
    ['packed, without a label yet', [parcel(1, 'waiting_cargo_label', 2)], '450'],
    ['shipped', [parcel(1, 'shipped', 2)], '500'],
    ['to be collected', [parcel(1, 'ready_for_pickup', 2)], '520'],
    ['nobody was there', [parcel(1, 'attempted_delivery', 2)], '540'],
    ['delivered', [parcel(1, 'delivered', 2)], '550'],
    ['a part is packed', [parcel(1, 'packed', 1)], undefined],
    ['as far as the last of its units', [parcel(1, 'delivered', 1), parcel(2, 'packed', 1)], '450'],
    ['the other unit is cancelled', [parcel(1, 'delivered', 1), parcel(2, 'cancelled', 1)], '550'],
    ['the other unit came back', [parcel(1, 'delivered', 1), parcel(2, 'returned', 1)], '550'],
  ])('%s', (_case, packages, status) => {
    expect(due(...packages)).toMatchObject({ what: 'keep' });
    expect(due(...packages)?.fields.status).toBe(status);
  });

  test.each([
    ['cancelled', 'cancel'],
    ['packed_for_refund', 'refund'],
    ['returned', 'refund'],
  ] as const)('everything is %s: %s', (state, what) => {
    expect(due(parcel(1, state, 2))).toMatchObject({ what, fields: {} });
  });

  test('the papers of the package go along, with the code that Omnitron has for the carrier', () => {
    const shipment = {
      id: 'R1P1',
      carrier: 'swift',
      trackingNumber: 'T1',
      queryNumber: null,
      awbNumber: null,
      label: null,
    };
    const invoice = { number: 'I1', type: 'sale', date: '2026-11-23', url: 'https://example.com/i1' };
    const more = { shipment: { ...shipment, parcels: [], status: 'unknown' as const, events: [] }, invoice };

    expect(due(parcel(1, 'packed', 2, more))?.fields).toEqual({
      status: '450',
      tracking_number: 'T1',
      shipping_company: 'their-swift',
      invoice_number: 'I1',
      invoice_date: '2026-11-23',
      e_archive_url: 'https://example.com/i1',
    });
  });

  test('a delivery that failed keeps its status and says so beside it', () => {
    expect(due(parcel(1, 'delivery_failed', 2))?.fields).toEqual({
      status: '500',
      extra_field: { oms_state: 'delivery_failed' },
    });
  });

  test('another product is told once the whole line goes as it', () => {
    const replaced = {
      items: [{ id: '1', lineId: '1', sku: 'NEW', name: 'New', quantity: 1, unitPrice: 1, orderedSku: 'SKU-1' }],
    };

    expect(due(parcel(1, 'waiting', 1, replaced), parcel(2, 'waiting', 1, replaced))?.replacedBy).toBe('NEW');
    expect(due(parcel(1, 'waiting', 1, replaced), parcel(2, 'waiting', 1))?.replacedBy).toBeNull();
  });
});

test.each([
  ['400', '450', true],
  ['400', '550', true],
  ['510', '500', false],
  ['450', '450', false],
  ['100', '450', false],
  ['600', '550', false],
])('an item at %s may be set to %s: %s', (present, due, expected) => {
  expect(isForward(present, due)).toBe(expected);
});

test('attempts come later and later, and at least every ten minutes', () => {
  expect([1, 2, 3, 9, 100].map(retryDelayMs)).toEqual([2_000, 4_000, 8_000, 512_000, 600_000]);
});
