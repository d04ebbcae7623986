import { receivedOrder } from '../../../src/domain/order/order.js';
import { newTransfer } from '../../../src/domain/transfer/transfer.js';
import type { Discrepancy, Hold } from '../../../src/store/stockBook.js';
import { order as orderSchema } from '../../../src/schemas/order.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { orderBody, parcel } from './support/orders.js';

const api = useApi();
const since = new Date('2026-11-23T08:00:00Z');

const hold = (location: string, sku: string, of: string, item = '1', quantity = 2): Hold => ({
  key: `${of}/${item}`,
  ...{ location, sku, quantity, package: of, item },
  order: of.replace(/P\d+$/, ''),
});

const said = (location: string, sku: string, order: string, until = '2026-11-26T08:00:00Z'): Discrepancy => ({
  key: `${order}P1#2/${sku}`,
  ...{ location, sku, order, until, quantity: 1, answered: 5 },
  since: since.toISOString(),
});

const records = () => api.dependencies().records;
const take = (...holds: Hold[]) =>
  records().reservations.takeAll(
    holds.map((one) => ({ ...one, limit: 100 })),
    since,
  );

/** A package as its workflow records it, with its hold in the books. */
async function livePackage(order: string, location = 'S1'): Promise<void> {
  await records().packages.save(parcel(order, 1, { location }), 1);
  await take(hold(location, 'SKU-1', `${order}P1`));
}

describe('GET /v1/reservations', () => {
  beforeAll(() =>
    take(
      hold('L2', 'MUG', 'A1P1'),
      hold('L1', 'MUG', 'A2P1'),
      ...['A3P1', 'A4P1', 'A5P1'].map((of) => hold('L1', 'CUP', of)),
    ),
  );

  test('200: a row for each hold, by location and SKU', async () => {
    const { status, body } = await api.get('/v1/reservations?location=L1&sku=MUG');

    expect(status).toBe(200);
    const row = { location: 'L1', sku: 'MUG', quantity: 2, package: 'A2P1', item: '1', since: since.toISOString() };
    expect(body).toEqual({ items: [row], next: null });
  });

  test('200: pages through the holds of one document as well, each exactly once', async () => {
    const seen: string[] = [];
    let path = '/v1/reservations?location=L1&limit=1';
    for (let pages = 0; pages < 10; pages++) {
      const { body } = await api.get(path);
      seen.push(...rows(body).map((row) => row['package'] ?? ''));
      if (body.next === null) break;
      path = `/v1/reservations?location=L1&limit=1&cursor=${body.next}`;
    }

    expect(seen).toEqual(['A3P1', 'A4P1', 'A5P1', 'A2P1']);
  });

  test('200: a SKU at all locations', async () => {
    const { body } = await api.get('/v1/reservations?sku=MUG');

    expect(rows(body).map((row) => row['location'])).toEqual(['L1', 'L2']);
  });
});

describe('POST /v1/reservations/release', () => {
  test('409: the goods of a live package item stay reserved, with what to do', async () => {
    await livePackage('B1');

    const answer = await release('reservations', { location: 'S1', sku: 'SKU-1', package: 'B1P1' });

    expect(answer).toMatchObject({ status: 409, body: { package: 'B1P1' } });
    expect(answer.body.detail).toMatch(/B1P1 is waiting and holds these units; `deallocate`/);
    expect(await unitsAt('S1', 'SKU-1', 'B1P1')).toBe(2);
  });

  test('409: what the plan under way takes is needed before its package is there', async () => {
    const { decisions, orders } = records();
    await orders.save(receivedOrder(orderSchema.parse(orderBody('B2')), since.toISOString()), 1);
    const claims = { holds: [{ ...hold('S1', 'NEW', 'B2P1'), limit: 9 }], places: [] };
    await decisions.open('B2', 1, [], since);
    await decisions.decide('B2', 1, 'proposed', { claims } as never);
    await take(...claims.holds);

    const answer = await release('reservations', { location: 'S1', sku: 'NEW', package: 'B2P1' });

    expect(answer.status).toBe(409);
  });

  test('409: what a transfer brings stays reserved at its source', async () => {
    const item = { id: '1', packageItem: '1', lineId: '1', sku: 'MOVED', name: 'Mug', quantity: 2 };
    const draft = { number: 'B4P1T1', order: 'B4', package: 'B4P1', source: 'S2', destination: 'S1', items: [item] };
    await records().packages.save(parcel('B4', 1, { state: 'waiting_for_transfer', transfers: ['B4P1T1'] }), 1);
    await records().transfers.save({ ...newTransfer(draft, since.toISOString()), version: 1 }, 1);
    await take({ ...hold('S2', 'MOVED', 'B4P1'), key: 'B4P1T1/1' });

    const answer = await release('reservations', { location: 'S2', sku: 'MOVED', package: 'B4P1' });

    expect(answer.status).toBe(409);
    expect(answer.body.detail).toMatch(/B4P1T1 is waiting and holds these units; `cancel`/);
  });

  test('200: gives back what no package needs, and says so in the audit log; a repeat finds nothing', async () => {
    await records().packages.save(parcel('B3', 1, { state: 'packed', isReserved: false }), 1);
    await take(hold('S1', 'SKU-1', 'B3P1'), hold('S1', 'GONE', 'B3P1', '9'));

    const first = await release('reservations', { location: 'S1', sku: 'SKU-1', package: 'B3P1' });
    const second = await release('reservations', { location: 'S1', sku: 'SKU-1', package: 'B3P1' });

    expect(first).toMatchObject({ status: 200, body: { released: [{ package: 'B3P1', item: '1', quantity: 2 }] } });
    expect(second).toMatchObject({ status: 200, body: { released: [] } });
    expect(await unitsAt('S1', 'SKU-1', 'B3P1')).toBe(0);
    expect(await unitsAt('S1', 'GONE', 'B3P1')).toBe(2);
    const { body } = await api.get('/v1/audit?subject=location/S1&command=release_reservation&outcome=accepted');
    expect(rows(body).at(-1)).toMatchObject({
      by: 'admin',
      way: 'api',
      detail: '2 of SKU-1 held for B3P1: a test',
    });
  });
});

describe('discrepancies', () => {
  beforeAll(() =>
    records().discrepancies.add([
      said('D1', 'MUG', 'C1'),
      said('D1', 'MUG', 'C2'),
      said('D1', 'CUP', 'C1'),
      said('D1', 'OLD', 'C1', '2026-11-23T08:59:59Z'),
    ]),
  );

  test('GET 200: those that have not run out', async () => {
    const { body } = await api.get('/v1/discrepancies?location=D1');

    expect(rows(body).map((row) => `${row['sku']} ${row['order']}`)).toEqual(['CUP C1', 'MUG C1', 'MUG C2']);
    expect(body.items[0]).toEqual({
      ...{ location: 'D1', sku: 'CUP', quantity: 1, order: 'C1' },
      since: since.toISOString(),
      until: '2026-11-26T08:00:00Z',
    });
  });

  test('release 200: of one order or of all, audited', async () => {
    const one = await release('discrepancies', { location: 'D1', sku: 'MUG', order: 'C1' });
    const rest = await release('discrepancies', { location: 'D1', sku: 'MUG' });

    expect(one.body.released).toMatchObject([{ order: 'C1' }]);
    expect(rest.body.released).toMatchObject([{ order: 'C2' }]);
    expect((await api.get('/v1/discrepancies?sku=MUG')).body.items).toEqual([]);
    expect((await api.get('/v1/audit?command=release_discrepancy')).body.items).toHaveLength(2);
  });

  test('release 200: orders that have the goods parked look again', async () => {
    await records().packages.save(parcel('C3', 1, { state: 'out_of_stock', isReserved: false }), 1);
    await records().discrepancies.add([said('D1', 'SKU-1', 'C3')]);

    await release('discrepancies', { location: 'D1', sku: 'SKU-1' });

    expect(api.workflows.woken).toContain('C3');
  });
});

test('a planner may release, others who read may not', async () => {
  const statuses: [string, number, number][] = [];
  for (const role of ['planner', 'erp', 'readonly', 'store'] as const) {
    const { key } = (await api.post('/v1/keys', { name: role, role })).body as { key: string };
    const read = await api.get('/v1/reservations', { key });
    const body = { location: 'X', sku: 'X', package: 'X1P1', reason: 'a test' };
    statuses.push([role, read.status, (await api.post('/v1/reservations/release', body, { key })).status]);
  }

  expect(statuses).toEqual([
    ['planner', 200, 200],
    ['erp', 200, 403],
    ['readonly', 200, 403],
    ['store', 403, 403],
  ]);
});

test('oms reservations lists, and oms reservations release gives back or tells why not', async () => {
  await livePackage('E1', 'CLI1');
  await take(hold('CLI1', 'LOST', 'E9P1'));

  const listed = await oms(api.url(), ADMIN_KEY, ['reservations', '--location', 'CLI1', '--json']);
  const args = (sku: string, of: string) =>
    [
      'reservations',
      'release',
      '--location',
      'CLI1',
      '--sku',
      sku,
      '--package',
      of,
      '--reason',
      'stocktaking',
    ] as const;
  const freed = await oms(api.url(), ADMIN_KEY, args('LOST', 'E9P1'));
  const refused = await oms(api.url(), ADMIN_KEY, args('SKU-1', 'E1P1'));

  expect((JSON.parse(listed.stdout) as { sku: string }[]).map(({ sku }) => sku)).toEqual(['LOST', 'SKU-1']);
  expect(freed).toMatchObject({ status: 0 });
  expect(freed.stdout).toMatch(/LOST/);
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.stderr).toMatch(/deallocate/);
  const { body } = await api.get('/v1/audit?subject=location/CLI1');
  expect(rows(body).map((row) => [row['outcome'], row['way']])).toEqual([
    ['refused', 'cli'],
    ['accepted', 'cli'],
  ]);
});

const rows = (body: unknown) => (body as { items: Record<string, string>[] }).items;

const release = (what: string, body: object) => api.post(`/v1/${what}/release`, { ...body, reason: 'a test' });

async function unitsAt(location: string, sku: string, of: string): Promise<number> {
  const { holds } = await records().stockLists.at(location, sku);
  return holds.filter((one) => one.package === of).reduce((sum, { quantity }) => sum + quantity, 0);
}
