import { startOmnitron, type OmnitronSimulator } from '../../../src/local/simulators/omnitron.js';
import { omnitronOrders } from '../../support/omnitronOrders.js';
import { omnitronStore, omnitronStores } from '../../support/omnitronStores.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';

const api = useApi();
const LOGIN = { username: 'oms', password: 'secret' };
let omnitron: OmnitronSimulator;

beforeAll(async () => {
  const more = Array.from({ length: 30 }, (_, n) => omnitronStore('S12', { pk: 100 + n, erp_code: `S${100 + n}` }));
  const broken = omnitronStore('S12', { pk: 200, erp_code: 'S200', store_hours: [] });
  // The orders bring the channel and the geography.
  omnitron = await startOmnitron({
    login: LOGIN,
    orders: omnitronOrders(),
    stores: [...omnitronStores(), ...more, broken],
  });
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
});

afterAll(() => omnitron.stop());

const connect = () => api.put('/v1/omnitron', { url: omnitron.url, auth: LOGIN });
const run = (...args: string[]) => oms(api.url(), ADMIN_KEY, args);

test('404: there is no connection to fetch from', async () => {
  expect((await api.post('/v1/omnitron/retail-stores/import', {})).status).toBe(404);
  expect(await run('locations', 'import', '--from', 'omnitron')).toMatchObject({ status: 1 });
});

test('oms locations import: every store by page, with progress and a report; one that is refused makes it fail', async () => {
  await connect();

  const { status, stdout, stderr } = await run('locations', 'import', '--from', 'omnitron');

  expect(status).toBe(1);
  expect(stderr).toMatch(/25 stores \(33 in this channel\)[^]*33 stores[^]*1 of 33 stores were refused/);
  expect(stdout).toMatch(/S12.*created[^]*S200.*refused.*store_hours/);
  expect((await api.get('/v1/locations/S12')).body).toMatchObject({
    omnitronId: '12',
    address: { state: 'İSTANBUL', district: 'KADIKÖY', neighbourhood: 'MODA MAH' },
  });
});

test('again: nothing changes', async () => {
  const { stdout } = await run('locations', 'import', '--from', 'omnitron', '--json');

  const outcomes = (JSON.parse(stdout) as { outcome: string }[]).map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['unchanged', 'refused']));
});

test('503: Omnitron does not answer, and a push that needs a name of it waits for the next try', async () => {
  await fetch(`${omnitron.url}/control`, { method: 'POST', body: '{"kind":"error","path":"api","times":0}' });

  expect(await api.post('/v1/omnitron/retail-stores/import', {})).toMatchObject({
    status: 503,
    body: { type: '/problems/omnitron.unreachable' },
  });
  const event = { event: { type: 'retail_store.updated' }, payload: omnitronStore('S12') };
  expect((await api.post('/v1/inbound/omnitron/retail-stores', event)).status).toBe(503);
});

test('oms omnitron: the connection without its password, and what there is to see', async () => {
  expect((await run('omnitron', '--json')).stdout).not.toContain('secret');
  expect((await run('omnitron', 'reports')).stdout).toContain('Nothing there');
  expect((await run('omnitron', 'refusals')).stdout).toContain('Nothing there');
  expect(await run('omnitron', 'again', 'R1')).toMatchObject({ status: 1 });
});
