import { omnitronStore, storeEvent } from '../../support/omnitronStores.js';
import type { Location } from '../../../src/domain/configuration/location.js';
import { useApi } from './support/api.js';

const api = useApi();

const ENGINE = { url: 'https://erp.example.com/stock' };

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', ENGINE);
  await api.put('/v1/omnitron', { stores: { types: { '3': 'warehouse' } } });
  await api.put('/v1/settings/timeZone', { value: 'Europe/Istanbul' });
});

beforeEach(() => {
  api.announced.length = 0;
});

const push = (store: object, options: object = {}) =>
  api.post('/v1/inbound/omnitron/retail-stores', storeEvent(store), options);

/** The store under a code and an id of its own, so that tests do not meet. */
let stores = 100;
const fresh = (change: object = {}) => {
  const pk = stores++;
  return omnitronStore('S12', { pk, erp_code: `S${pk}`, ...change });
};

/** Changes a location as an operator does. */
async function edit(code: string, change: object): Promise<void> {
  const { body } = await api.get(`/v1/locations/${code}`);
  const { version, createdAt: _, updatedAt: __, ...location } = body as Location & Record<string, unknown>;
  const headers = { 'if-match': `"${String(version)}"` };
  expect((await api.put(`/v1/locations/${code}`, { ...location, ...change }, { headers })).status).toBe(200);
}

describe('POST /inbound/omnitron/retail-stores', () => {
  test('201: a new store is a location, with every field, and announced', async () => {
    const answer = await push(omnitronStore('S12'));

    const hours = [['10:00', '22:00']];
    expect(answer).toMatchObject({
      status: 201,
      body: {
        outcome: 'created',
        kept: [],
        location: {
          code: 'S12',
          omnitronId: '12',
          name: 'Store 12',
          type: 'store',
          active: true,
          priority: 10,
          roles: ['packs', 'transferSource', 'pickupPoint', 'acceptsReturns'],
          stockEngine: 'erp',
          address: { country: 'TR', line: 'Sample Square 12', latitude: 40.9869, longitude: 29.0253 },
          calendar: {
            timeZone: 'Europe/Istanbul',
            weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [['11:00', '20:00']], sun: [] },
          },
          contact: { phone: '05000000012' },
          attributes: { omnitron_floor: 2 },
        },
      },
    });
    expect(api.announced).toMatchObject([{ type: 'stock_location.created', subject: 'location/S12', sequence: 1 }]);
    expect((await api.get('/v1/locations/S12')).body).toEqual(answer.body.location);
  });

  test('201: a warehouse by its type, always open, without coordinates', async () => {
    const { body } = await push(omnitronStore('W1'));

    expect(body.location).toMatchObject({ type: 'warehouse', roles: ['packs', 'transferSource'], priority: 0 });
    expect(body.location).not.toHaveProperty('calendar');
    expect(body.location.address).toEqual({ country: 'TR', line: 'Sample Road 1' });
  });

  test('200: the same again changes nothing and announces nothing', async () => {
    const store = fresh();
    await push(store);
    api.announced.length = 0;

    expect(await push(store)).toMatchObject({ status: 200, body: { outcome: 'unchanged', location: { version: 1 } } });
    expect(api.announced).toEqual([]);
  });

  test('200: a change comes through, and what is ours alone stays', async () => {
    const store = fresh();
    await push(store);
    await edit(store.erp_code, { maxQuota: 7, roles: ['packs', 'pickupPoint', 'acceptsReturns'], tags: ['mall'] });
    api.travel(1_000);

    const answer = await push({ ...store, name: 'Renamed', click_and_collect: false, is_active: false });

    expect(answer.body).toMatchObject({
      outcome: 'updated',
      kept: [],
      location: { name: 'Renamed', active: false, roles: ['packs', 'acceptsReturns'], maxQuota: 7, tags: ['mall'] },
    });
    expect(api.announced.at(-1)).toMatchObject({ type: 'stock_location.updated', sequence: 3 });
  });

  test('200: a field that was edited here wins over later pushes, field by field', async () => {
    const store = fresh();
    await push(store);
    await edit(store.erp_code, { name: 'Ours', priority: 1 });

    const second = await push({ ...store, name: 'Second', phone_number: '05000000099' });
    const third = await push({ ...store, name: 'Third', phone_number: '05000000098' });

    expect(second.body).toMatchObject({ location: { name: 'Ours', priority: 1, contact: { phone: '05000000099' } } });
    expect(third.body).toMatchObject({
      outcome: 'updated',
      location: { name: 'Ours', priority: 1, contact: { phone: '05000000098' } },
      kept: [
        { field: 'name', ours: 'Ours', omnitron: 'Third' },
        { field: 'priority', ours: 1, omnitron: 10 },
      ],
    });
  });

  test('200: an edit that is taken back, or that Omnitron takes over, is no edit any more', async () => {
    const store = fresh();
    await push(store);
    await edit(store.erp_code, { name: 'Ours' });
    await push({ ...store, name: 'Ours' });

    expect((await push({ ...store, name: 'Later' })).body).toMatchObject({ location: { name: 'Later' }, kept: [] });
  });

  test('200: exceptions and cut-off of the calendar are ours, the weekly hours theirs', async () => {
    const store = fresh();
    await push(store);
    const { calendar } = (await api.get(`/v1/locations/${store.erp_code}`)).body;
    await edit(store.erp_code, { calendar: { ...calendar, cutOff: '16:00' } });

    const { body } = await push({ ...store, store_hours: Array(7).fill(['09:00', '18:00']) });

    expect(body.location.calendar).toMatchObject({ cutOff: '16:00', weekly: { sun: [['09:00', '18:00']] } });
  });

  test('200: an older state does not come back', async () => {
    const store = fresh({ modified_date: '2026-11-21T09:00:00.000000Z', name: 'New' });
    await push(store);

    const late = await push({ ...store, modified_date: '2026-11-20T09:00:00.000000Z', name: 'Old' });

    expect(late.body).toMatchObject({ outcome: 'outdated', location: { name: 'New' } });
  });

  test('200: a location that was made by hand becomes the store, and keeps what people gave it', async () => {
    const store = fresh();
    const byHand = { name: 'By hand', type: 'store', stockEngine: 'erp', address: { country: 'TR' } };
    await api.put(`/v1/locations/${store.erp_code}`, byHand);

    expect((await push(store)).body).toMatchObject({
      outcome: 'updated',
      location: { omnitronId: String(store.pk), name: 'By hand', address: { line: 'Sample Square 12' } },
    });
  });

  test('200: ten pushes at once end in one of them, and every version is told', async () => {
    const store = fresh();
    await push(store);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => push({ ...store, phone_number: `0500000010${n}` })),
    );

    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 412)).toEqual([]);
    const { body } = await api.get(`/v1/locations/${store.erp_code}`);
    // An event may be told twice, and none is left out.
    const sequences = new Set(api.announced.map(({ sequence }) => sequence));
    expect([...sequences].sort((a, b) => a - b)).toEqual(Array.from({ length: body.version }, (_, n) => n + 1));
    // The next push finds no edit of anybody in what the race left.
    expect((await push({ ...store, phone_number: '05000000200' })).body).toMatchObject({ kept: [] });
  });

  test.each([
    ['no ERP code that is one', { erp_code: 'S 1' }, '/payload/erp_code'],
    ['no name', { name: ' ' }, '/payload/name'],
    ['six days', { store_hours: Array(6).fill(null) }, '/payload/store_hours'],
    ['closing before opening', { store_hours: [['22:00', '10:00'], ...Array(6).fill(null)] }, '/payload/store_hours/0'],
    ['a place off the earth', { latitude: 91 }, '/payload/latitude'],
  ])('422: %s', async (_case, change, pointer) => {
    expect(await push(fresh(change))).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test('422: the code of another store, or another code of a known one', async () => {
    const store = fresh();
    await push(store);

    expect((await push({ ...store, pk: 9_999 })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/erp_code' }],
    });
    expect((await push({ ...store, erp_code: 'S9999' })).body).toMatchObject({ status: 422 });
  });

  test('403: an erp key; 201: an omnitron key', async () => {
    const keyOf = async (role: string) => (await api.post('/v1/keys', { name: role, role })).body.key as string;

    expect((await push(fresh(), { key: await keyOf('erp') })).status).toBe(403);
    expect((await push(fresh(), { key: await keyOf('omnitron') })).status).toBe(201);
  });
});

describe('a process that ends between Omnitron and the location', () => {
  test('what was remembered and not written is no edit: the next push goes through', async () => {
    const { configuration } = api.dependencies();
    const store = fresh();
    await push(store);
    // What a process leaves that ended after it had remembered the second name, before it wrote it.
    const known = await configuration.importedStores.find(store.erp_code);
    if (!known) throw new Error('the store was not remembered');
    const seen = [{ ...known.seen[0], name: 'Second' }, ...known.seen];
    const { omnitronId, modifiedDate } = known;
    await configuration.importedStores.replace(
      store.erp_code,
      { omnitronId, modifiedDate, seen },
      known.version,
      new Date(),
    );

    expect((await push({ ...store, name: 'Third' })).body).toMatchObject({ location: { name: 'Third' }, kept: [] });
  });
});
