import { newTransfer, type TransferRecord } from '../../../src/domain/transfer/transfer.js';
import { OmsError } from '../../../src/platform/errors.js';
import { useApi } from './support/api.js';
import { orderBody, parcel } from './support/orders.js';

const api = useApi();

const transfer = (number: string, more: Partial<TransferRecord> = {}): TransferRecord => ({
  ...newTransfer(
    {
      ...{ number, order: 'R1', package: 'R1P1', source: 'S2', destination: 'S1' },
      items: [{ id: '1', packageItem: '1', lineId: '1', sku: 'SKU-1', name: 'Mug', quantity: 2 }],
    },
    '2026-11-23T09:00:01Z',
  ),
  version: 1,
  ...more,
});

const first = transfer('R1P1T1');

beforeAll(async () => {
  const { transfers, packages } = api.dependencies().records;
  await packages.save(parcel('R1', 1, { transfers: ['R1P1T1', 'R1P1T2'] }), 1);
  await transfers.save(first, 1);
  await transfers.save(transfer('R1P1T2', { source: 'S3', state: 'in_transit', createdAt: '2026-11-23T09:00:02Z' }), 1);
});

beforeEach(() => {
  api.workflows.sent.length = 0;
});

const keyOf = async (...locations: string[]) =>
  (await api.post('/v1/keys', { name: 'store', role: 'store', locations })).body.key as string;

const numbers = (body: unknown) => (body as { items: { number: string }[] }).items.map(({ number }) => number);

test('200: one, with the commands that it takes now and their parameters', async () => {
  const { status, body } = await api.get('/v1/transfers/R1P1T2');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    number: 'R1P1T2',
    state: 'in_transit',
    stateCode: 300,
    source: 'S3',
    destination: 'S1',
  });
  expect(body.commands).toEqual([
    expect.objectContaining({
      command: 'receive',
      to: ['transferred'],
      parameters: expect.objectContaining({ properties: { items: expect.anything() } }),
    }),
  ]);
});

test('200: newest first, by state, order, package, and by location what leaves it and what comes to it', async () => {
  expect(numbers((await api.get('/v1/transfers')).body)).toEqual(['R1P1T2', 'R1P1T1']);
  expect(numbers((await api.get('/v1/transfers?state=waiting')).body)).toEqual(['R1P1T1']);
  expect(numbers((await api.get('/v1/transfers?location=S3')).body)).toEqual(['R1P1T2']);
  expect(numbers((await api.get('/v1/transfers?location=S1')).body)).toEqual(['R1P1T2', 'R1P1T1']);
  expect(numbers((await api.get('/v1/transfers?package=R1P2')).body)).toEqual([]);
  expect(numbers((await api.get('/v1/transfers?order=R1&limit=1')).body)).toEqual(['R1P1T2']);
});

test('a page goes on where the one before ended, also when a location is asked for', async () => {
  const one = await api.get('/v1/transfers?location=S1&limit=1');

  const two = await api.get(`/v1/transfers?location=S1&limit=1&cursor=${String(one.body.next)}`);

  expect([...numbers(one.body), ...numbers(two.body)]).toEqual(['R1P1T2', 'R1P1T1']);
});

describe('a store key', () => {
  test('sees what leaves its locations and what comes to them, and elsewhere nothing', async () => {
    const source = await keyOf('S2');
    const other = await keyOf('S9');

    expect(numbers((await api.get('/v1/transfers', { key: source })).body)).toEqual(['R1P1T1']);
    expect((await api.get('/v1/transfers/R1P1T1', { key: source })).status).toBe(200);
    expect((await api.get('/v1/transfers/R1P1T1', { key: await keyOf('S1') })).status).toBe(200);
    expect((await api.get('/v1/transfers/R1P1T1', { key: other })).status).toBe(404);
    expect((await api.post('/v1/transfers/R1P1T1/commands', { command: 'ready' }, { key: other })).status).toBe(404);
  });

  test('commands its own end: the source sends, the destination receives', async () => {
    const [source, destination] = [await keyOf('S2'), await keyOf('S1')];
    api.workflows.onCommand = () => ({ ...first, state: 'in_transit', version: 2 });

    const command = (name: string, key: string) =>
      api.post('/v1/transfers/R1P1T1/commands', { command: name }, { key });

    expect((await command('dispatch', source)).status).toBe(200);
    expect((await command('dispatch', destination)).status).toBe(403);
    expect((await command('receive', destination)).status).toBe(200);
    expect((await command('receive', source)).status).toBe(403);
  });
});

test('200: the view after a command; 409 with state and what is allowed when it is refused', async () => {
  api.workflows.onCommand = () => ({ ...first, state: 'ready_to_shipment', version: 2 });
  const done = await api.post('/v1/transfers/R1P1T1/commands', { command: 'ready', trackingNumber: 'VAN-7' });
  expect(done).toMatchObject({ status: 200, body: { state: 'ready_to_shipment', stateCode: 200, version: 2 } });

  api.workflows.onCommand = () => {
    const context = { state: 'in_transit', allowed: ['receive'] };
    throw new OmsError('transfer.illegal_transition', 'not now', { context });
  };
  const refused = await api.post('/v1/transfers/R1P1T1/commands', { command: 'ready' });
  expect(refused).toMatchObject({ status: 409, body: { state: 'in_transit', allowed: ['receive'] } });

  api.workflows.onCommand = () => {
    throw new OmsError('workflow.ended', 'Its work is over');
  };
  const late = await api.post('/v1/transfers/R1P1T1/commands', { command: 'ready' });
  expect(late).toMatchObject({ status: 409, body: { allowed: [] } });
});

test.each([
  [{ command: 'fly' }, 400, '/command'],
  [{ command: 'ready', speed: 3 }, 400, '/speed'],
  [{ command: 'ready', carrier: 'nobody' }, 422, '/carrier'],
  [{ command: 'cancel', reason: 'whim' }, 422, '/reason'],
  [{ command: 'receive', items: [] }, 400, '/items'],
  [{ command: 'receive', items: [{ id: '1', receivedQuantity: -1 }] }, 400, '/items/0/receivedQuantity'],
  [{ command: 'report_missing', items: [{ id: '1', quantity: 0 }] }, 400, '/items/0/quantity'],
])('%j is %i and names %s', async (body, status, pointer) => {
  const answer = await api.post('/v1/transfers/R1P1T1/commands', body);

  expect(answer.status).toBe(status);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
  expect(api.workflows.sent).toEqual([]);
});

test('the order view names its transfers, where they come from and where they go', async () => {
  await api.post('/v1/orders', orderBody('R1'));

  const { body: view } = await api.get('/v1/orders/R1');

  expect(view.transfers).toEqual([
    { number: 'R1P1T1', state: 'waiting', stateCode: 100, location: 'S2', destination: 'S1' },
    { number: 'R1P1T2', state: 'in_transit', stateCode: 300, location: 'S3', destination: 'S1' },
  ]);
});
