import { OmsError } from '../../../src/platform/errors.js';
import { omnitronOrder } from '../../support/omnitronOrders.js';
import { useOmnitron } from './support/omnitron.js';

const { connect, nextTurn, fault, item, theirs, turn, omnitron, records, workflows } = useOmnitron();

describe('fetching orders', () => {
  test('approved orders are taken in and marked, each once', async () => {
    await turn();
    await nextTurn();

    expect(workflows().started.map(({ number }) => number)).toEqual(['R1001', 'R1002', 'R1003']);
    expect(
      omnitron()
        .rows('orders')
        .map((order) => order['is_send']),
    ).toEqual([true, true, true]);
  });

  test('the answer to the mark got lost: nothing comes twice', async () => {
    await fault({ kind: 'lost_answer', method: 'PATCH', path: '/orders/7001/' });

    await turn();
    await nextTurn();

    expect(
      workflows()
        .started.map(({ number }) => number)
        .sort(),
    ).toEqual(['R1001', 'R1002', 'R1003']);
  });

  test('an order whose process died before the mark is the same order the next time', async () => {
    await fault({ kind: 'error', method: 'PATCH', path: '/orders/7001/' });
    await turn();
    expect(theirs('R1001').is_send).toBe(false);

    await nextTurn();

    expect(theirs('R1001').is_send).toBe(true);
    expect(await records().orders.list({ limit: 10 })).toMatchObject({ items: { length: 3 } });
  });

  test('one that we cannot read keeps nobody waiting, is shown, and is tried again when it has changed', async () => {
    const broken = omnitronOrder('R1001', (order) => {
      Object.assign(order, { pk: 7000, number: 'R1000', modified_date: '2026-11-23T09:00:01.000000Z' });
      Object.assign(order.orderitem_set[0], { pk: 8000, order: 7000, price: 'free' });
    });
    omnitron().place(broken);
    await turn();

    const [refusal] = await records().omnitronPulls.refusals(10);
    expect(refusal).toMatchObject({
      id: 'order/7000',
      number: 'R1000',
      errors: [{ pointer: '/orderitem_set/0/price' }],
    });
    expect(workflows().started).toHaveLength(3);

    item(8000).price = '39.80';
    await nextTurn();
    expect(workflows().started).toHaveLength(3);

    theirs('R1000').modified_date = '2026-11-24T09:00:01.000000Z';
    await nextTurn();
    expect(workflows().started).toHaveLength(4);
    expect(await records().omnitronPulls.refusals(10)).toEqual([]);
  });

  test('nothing is fetched where the brand does not want it, nor more often than it says', async () => {
    await connect({ pull: { enabled: false } });
    await turn();
    expect(workflows().started).toEqual([]);

    await connect({ pull: { enabled: true, everySeconds: 3_600 } });
    await nextTurn();
    omnitron().place(omnitronOrder('R1001', (order) => Object.assign(order, { pk: 7009, number: 'R1009' })));
    await turn();
    expect(workflows().started).toHaveLength(3);
  });

  test.each(['garbage', 'wrong_types', 'error'])(
    '%s from Omnitron: nothing is taken, and everything the next time',
    async (kind) => {
      await fault({ kind, path: 'api/v1/orders' });

      await turn();
      expect(workflows().started).toEqual([]);
      await nextTurn();
      expect(workflows().started).toHaveLength(3);
    },
  );
});

describe('cancellation requests of Omnitron', () => {
  beforeEach(() => turn());

  test('the line is cancelled with the reason of the request, and the report closes it', async () => {
    omnitron().requestCancellation(8001, 3);
    await nextTurn();

    const lines = [{ id: '8001', quantity: 1 }];
    expect(workflows().sent).toMatchObject([
      { number: 'R1001', command: { command: 'cancel', reason: 'customer', lines }, meta: { by: 'omnitron' } },
    ]);
  });

  test('too late: the request is rejected there, and the item goes back', async () => {
    workflows().onCommand = () => {
      throw new OmsError('order.illegal_transition', 'it has been shipped');
    };
    omnitron().requestCancellation(8001);
    await nextTurn();

    expect(omnitron().rows('cancellation_requests')).toMatchObject([{ status: 'rejected' }]);
    expect(item(8001).status).toBe('400');
    expect(await records().omnitronPulls.refusals(10)).toMatchObject([
      { number: 'R1001', detail: 'it has been shipped' },
    ]);
  });

  test('nobody hears of a request that is closed, or of an order that we do not have', async () => {
    const request = omnitron().requestCancellation(8001);
    request['status'] = 'completed';
    omnitron().place(
      omnitronOrder('R1001', (order) => {
        Object.assign(order, { pk: 7009, number: 'R1009', status: '500' });
        Object.assign(order.orderitem_set[0], { pk: 8009, order: 7009 });
      }),
    );
    omnitron().requestCancellation(8009);
    await nextTurn();

    expect(workflows().sent).toEqual([]);
  });
});
