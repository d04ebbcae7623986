import { createOmsClient, type OmsClient, type OrderInput } from '../../src/client/index.js';
import { eventually } from '../support/eventually.js';
import { omnitronOrder } from '../support/omnitronOrders.js';
import { startOmnitron, type OmnitronSimulator } from '../../src/local/simulators/omnitron.js';
import { receivedOrder } from '../../src/domain/order/order.js';
import { createLogger } from '../../src/platform/log.js';
import { order as orderSchema } from '../../src/schemas/order.js';
import { omnitronConnection } from '../../src/schemas/omnitron/connection.js';
import { createOmnitronTurn } from '../../src/workers/omnitron/omnitronLoop.js';
import { unique } from '../support/stack.js';
import { orderBody } from '../component/api/support/orders.js';
import { openWorld, type World } from './support/world.js';

const LOGIN = { username: 'oms', password: 'secret' };

let world: World;
let oms: OmsClient;

beforeAll(async () => {
  world = await openWorld();
  world.stock.table.set('S1|A', 1_000);
  oms = createOmsClient(world.client, { by: 'shop', taskQueue: world.taskQueue });
});

afterAll(() => world.close());

const lines = [{ id: '1', sku: 'A', name: 'Mug', quantity: 2, unitPrice: 1990 }];
const body = (number: string, more: object = {}): OrderInput =>
  ({ ...orderBody(number, { lines, ...more }) }) as OrderInput;

describe('an order that is started with a Temporal client', () => {
  test('is stored by its workflow and planned like any other', async () => {
    const number = unique('C');

    expect(await oms.startOrder(body(number))).toEqual({ number, workflowId: `order/${number}`, isNew: true });

    const record = await eventually(async () => {
      const found = await world.records.orders.find(number);
      return found && found.packageCount > 0 && found;
    }, `${number} is planned`);
    expect(record.order).toMatchObject({ number, priority: 3, lines: [{ discount: 0 }] });
  });

  test('again: the same changes nothing, another one is refused', async () => {
    const number = unique('C');
    await oms.startOrder(body(number));

    expect(await oms.startOrder(body(number))).toMatchObject({ isNew: false });
    await expect(oms.startOrder(body(number, { channel: 'app' }))).rejects.toMatchObject({
      code: 'order.number_taken',
    });
  });

  test('an order that has ended does not begin again, although Temporal has forgotten it', async () => {
    const number = unique('C');
    const order = orderSchema.parse(body(number));
    await world.records.orders.insertReceived(order, new Date());
    const ended = { ...receivedOrder(order, '2026-11-23T09:00:00Z'), state: 'completed' as const, version: 7 };
    await world.records.orders.save(ended, 1);

    await oms.startOrder(body(number));

    await expect(world.client.workflow.getHandle(`order/${number}`).result()).rejects.toThrow();
    expect(await world.records.orders.find(number)).toMatchObject({ state: 'completed', version: 7 });
  });

  test('bad input is refused with its pointer before Temporal hears of it', async () => {
    const number = unique('C');

    await expect(oms.startOrder(body(number, { lines: [] }))).rejects.toMatchObject({
      code: 'request.malformed',
      options: { errors: [{ pointer: '/lines' }] },
    });
    await expect(world.client.workflow.getHandle(`order/${number}`).describe()).rejects.toThrow();
  });
});

describe('a package that is commanded with a Temporal client', () => {
  test('answers what it is then, and refuses what it cannot do', async () => {
    const number = unique('C');
    await oms.startOrder(body(number));
    await world.packageIn(`${number}P1`, 'waiting');

    const options = { idempotencyKey: 'once' };
    expect(await oms.commandPackage(`${number}P1`, { command: 'prepare' }, options)).toMatchObject({
      state: 'preparing',
    });
    expect(await oms.commandPackage(`${number}P1`, { command: 'prepare' }, options)).toMatchObject({
      state: 'preparing',
    });
    await expect(oms.commandPackage(`${number}P1`, { command: 'unblock' })).rejects.toMatchObject({
      code: 'package.illegal_transition',
    });
    await expect(oms.commandPackage(`${number}P1`, { command: 'dance' } as never)).rejects.toMatchObject({
      code: 'request.malformed',
    });
  });
});

describe('an order of Omnitron from its fetching to its cancellation', () => {
  let omnitron: OmnitronSimulator;

  afterEach(() => omnitron.stop());

  test('it is planned, packed and reported; what is asked to be cancelled too late is rejected there', async () => {
    const number = unique('O');
    const order = omnitronOrder('R1001', (one) => {
      one.number = number;
      one.orderitem_set[0].product.sku = 'A';
    });
    omnitron = await startOmnitron({ login: LOGIN, orders: [order] });
    const { records, configuration, orchestrator } = world;
    const connection = omnitronConnection.parse({
      ...{ url: omnitron.url, auth: LOGIN, pull: { enabled: true, everySeconds: 1 } },
      orders: { cancellationReason: 'customer' },
    });
    await configuration.omnitron.create('omnitron', connection as never, new Date());
    const log = createLogger({ level: 'silent' });
    const allow = ['127.0.0.0/8'];
    const turn = createOmnitronTurn({ records, configuration, orchestrator, allow, log, now: () => new Date() });
    const item = () => omnitron.rows('order_items')[0];
    const shows = (status: string) =>
      eventually(async () => {
        await turn();
        return item()?.['status'] === status;
      }, `the item at ${status}`);

    await turn();
    await world.packageIn(`${number}P1`, 'waiting');
    await world.command(`${number}P1`, { command: 'pack', withShipment: false });
    await shows('450');
    await world.command(`${number}P1`, { command: 'ship', withoutIntegration: true });
    await shows('500');

    const request = omnitron.requestCancellation(8001);
    Object.assign(item() ?? {}, { status: '500' });
    await eventually(async () => {
      await turn();
      return request['status'] === 'rejected';
    }, 'the request is rejected');
    expect((await records.packages.find(`${number}P1`))?.state).toBe('shipped');
  });
});
