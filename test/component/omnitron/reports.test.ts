import type { Invoice } from '../../../src/domain/package/package.js';
import { shipment, useOmnitron } from './support/omnitron.js';

const { connect, nextTurn, fault, clear, item, report, move, turn, omnitron, records, now } = useOmnitron();

describe('reporting how orders get on', () => {
  beforeEach(turnAndForget);

  async function turnAndForget(): Promise<void> {
    await turn();
    await connect({});
  }

  test('an order on its way: preparing, shipped with its tracking, delivered', async () => {
    await move('R1001P1', 'waiting');
    await turn();
    expect(item(8001).status).toBe('400');
    expect(await report('R1001')).toMatchObject({ dueAt: null, lines: [{ line: '8001', outcome: 'waiting' }] });

    await move('R1001P1', 'packed');
    await turn();
    expect(item(8001).status).toBe('450');

    await move('R1001P1', 'shipped', shipment('T1'));
    await turn();
    expect(item(8001)).toMatchObject({ status: '500', tracking_number: 'T1', shipping_company: 'yurtici' });
    expect(omnitron().rows('order_shipping_infos')).toMatchObject([
      { order: 7001, order_number: 'R1001', shipping_company: 'yurtici' },
    ]);

    await move('R1001P1', 'delivered', shipment('T1'));
    await turn();
    expect(item(8001).status).toBe('550');
    expect(await report('R1001')).toMatchObject({ dueAt: null, failure: null, lines: [{ outcome: 'reported' }] });
  });

  test('nothing is sent that Omnitron holds already, and a shipping company is told once', async () => {
    await move('R1001P1', 'shipped', shipment('T1'));
    await turn();
    const { modified_date: before } = item(8001);

    await records().omnitronReports.again('R1001', now());
    await turn();

    expect(item(8001).modified_date).toBe(before);
    expect(omnitron().rows('order_shipping_infos')).toHaveLength(1);
  });

  test('the answer got lost after the effect: no second shipping info, and the report ends well', async () => {
    await fault({ kind: 'lost_answer', method: 'POST', path: 'order_shipping_infos' });
    await move('R1001P1', 'shipped', shipment('T1'));
    await turn();
    expect(await report('R1001')).toMatchObject({ attempts: 1, failure: { detail: expect.stringContaining('cut') } });

    await nextTurn();

    expect(omnitron().rows('order_shipping_infos')).toHaveLength(1);
    expect(await report('R1001')).toMatchObject({ attempts: 0, failure: null, dueAt: null });
  });

  test('while Omnitron is away the report waits, tells why, and the newest state wins afterwards', async () => {
    await fault({ kind: 'error', path: 'order_items', times: 0 });
    await move('R1001P1', 'packed');
    await turn();
    await turn();
    expect(await report('R1001')).toMatchObject({ attempts: 1, failure: { detail: expect.stringContaining('500') } });
    expect(await records().omnitronReports.list({ limit: 10 }, 'failing')).toMatchObject({
      items: [{ number: 'R1001' }],
    });

    await move('R1001P1', 'shipped');
    await clear();
    await nextTurn();

    expect(item(8001).status).toBe('500');
    expect(await records().omnitronReports.list({ limit: 10 }, 'failing')).toEqual({ items: [], next: null });
  });

  test('what Omnitron refuses is shown and not tried again by itself', async () => {
    await fault({ kind: 'error', status: 406, method: 'PATCH', path: 'order_items' });
    await move('R1001P1', 'packed');
    await turn();
    await nextTurn();

    expect(item(8001).status).toBe('400');
    expect(await report('R1001')).toMatchObject({ dueAt: null, lines: [{ outcome: 'refused', status: '400' }] });

    await records().omnitronReports.again('R1001', now());
    await turn();
    expect(item(8001).status).toBe('450');
  });

  test('forward only; an item that was cancelled there is drift, and left alone', async () => {
    item(8001).status = '510';
    await move('R1001P1', 'shipped');
    await turn();
    expect(item(8001).status).toBe('510');

    item(8001).status = '100';
    await move('R1001P1', 'delivered');
    await turn();
    expect(item(8001).status).toBe('100');
    expect(await records().omnitronReports.list({ limit: 10 }, 'drift')).toMatchObject({
      items: [{ number: 'R1001' }],
    });
  });

  test('the invoice goes along, and a later one by itself', async () => {
    const invoice: Invoice = { number: 'I1', type: 'sale', date: '2026-11-23', url: 'https://example.com/i1' };
    await move('R1001P1', 'packed', { invoice });
    await turn();
    await move('R1001P1', 'packed', { invoice: { ...invoice, number: 'I2' } });
    await turn();

    expect(item(8001)).toMatchObject({ status: '450', invoice_number: 'I2', e_archive_url: 'https://example.com/i1' });
  });

  test('a cancelled order is cancelled there, with the reason', async () => {
    const order = await records().orders.find('R1001');
    if (!order) throw new Error('R1001 is missing');
    const cancellation = { reason: 'customer', note: null };
    const cancelled = {
      ...order,
      state: 'cancelled' as const,
      cancelledUnits: { '8001': 1 },
      cancellation,
      version: 9,
    };
    await records().orders.save(cancelled, 1_000);
    const event = { subject: 'order/R1001', sequence: 2, type: 'order.cancelled' as const, data: {} };
    await records().events.append([{ ...event, timestamp: now().toISOString(), order: 'R1001' }], 1_000);
    await turn();

    expect(item(8001).status).toBe('100');
    expect(await report('R1001')).toMatchObject({ lines: [{ outcome: 'reported', status: '100' }] });
  });

  test('what came back is asked to be refunded, once', async () => {
    await move('R1001P1', 'returned');
    await turn();
    await records().omnitronReports.again('R1001', now());
    await turn();

    expect(omnitron().rows('cancellation_requests')).toMatchObject([{ order_item: 8001, cancellation_type: 'refund' }]);
  });

  test('a replaced product is replaced there', async () => {
    const items = [
      { id: '8001', lineId: '8001', sku: 'MUG-2', name: 'Mug', quantity: 1, unitPrice: 3980, orderedSku: 'MUG-1' },
    ];
    await move('R1001P1', 'preparing', { items });
    await turn();

    const product = omnitron()
      .rows('products')
      .find(({ pk }) => pk === item(8001).product);
    expect(product).toMatchObject({ sku: 'MUG-2' });
  });

  test('orders of others are none of our business', async () => {
    await records().orders.insertReceived({ ...(await orderOfOthers()), number: 'X1' }, now());
    await move('X1P1', 'packed');
    await turn();

    expect(await report('X1')).toBeNull();
  });

  test('two processes at once report once', async () => {
    await move('R1001P1', 'shipped', shipment('T1'));

    await Promise.all([turn(), turn()]);
    await turn();

    expect(omnitron().rows('order_shipping_infos')).toHaveLength(1);
  });

  async function orderOfOthers() {
    const order = (await records().orders.find('R1001'))?.order;
    if (!order) throw new Error('R1001 is missing');
    return { ...order, attributes: {} };
  }
});
