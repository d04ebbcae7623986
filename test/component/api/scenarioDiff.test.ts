import { runOms } from '../../support/runOms.js';
import { ADMIN_KEY, useApi } from './support/api.js';

const api = useApi();

const path = '/v1/distribution-scenarios';
const rules = [
  { name: 'a', strategy: 'single' },
  { name: 'b', strategy: 'partial' },
];
const scenario = (more: object = {}) => ({ name: 'web', defaultLocation: 'W1', rules, ...more });

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  const address = { country: 'TR' };
  await api.put('/v1/locations/W1', { name: 'W1', type: 'warehouse', stockEngine: 'erp', address });
  await api.post(path, scenario());
  await api.post(`${path}/web/publish`);
  await api.post(path, scenario({ priority: 7 }));
  await api.post(`${path}/web/publish`);
  await api.post(path, scenario({ priority: 7, rules: [...rules].reverse() }));
  await api.post(path, { ...scenario(), name: 'first' });
});

const texts = (body: { changes: { text: string }[] }) => body.changes.map(({ text }) => text);

test.each([
  ['without anything: from what is published to the draft', '', 2, null, ['rule b moved from 2nd to 1st place']],
  ['to a version: from the one before', '?to=2', 1, 2, ['priority: changed from 100 to 7']],
  [
    'from a version: to the draft',
    '?from=1',
    1,
    null,
    ['priority: changed from 100 to 7', 'rule b moved from 2nd to 1st place'],
  ],
  ['backwards', '?from=draft&to=2', null, 2, ['rule a moved from 2nd to 1st place']],
  ['of a version and itself', '?from=1&to=1', 1, 1, []],
])('200: %s', async (_case, query, from, to, changes) => {
  const { status, body } = await api.get(`${path}/web/diff${query}`);

  expect([status, body.from, body.to, texts(body)]).toEqual([200, from, to, changes]);
});

test.each([
  ['404: nobody', `${path}/none/diff`, 404],
  ['404: a version that is not there', `${path}/web/diff?from=9`, 404],
  ['404: a draft that is not there', '/v1/transfer-scenarios/web/diff?to=draft', 404],
  ['422: nothing is before a first draft', `${path}/first/diff`, 422],
  ['422: nothing is before a first version', `${path}/web/diff?to=1`, 422],
  ['400: no version', `${path}/web/diff?to=newest`, 400],
])('%s', async (_case, asked, status) => {
  expect((await api.get(asked)).status).toBe(status);
});

test('oms scenarios diff tells it as a table', async () => {
  const { status, stdout } = await runOms(['scenarios', 'diff', 'web', '--from', '1', '--to', '2'], {
    url: api.url(),
    key: ADMIN_KEY,
  });

  expect(status).toBe(0);
  expect(stdout).toContain('priority: changed from 100 to 7');
});
