import { z } from 'zod';

import { createOmnitronClient } from '../../../src/clients/omnitron/client.js';
import type { OmnitronConnection } from '../../../src/domain/configuration/omnitron.js';
import { startOmnitron, type OmnitronSimulator } from '../../../src/local/simulators/omnitron.js';
import { omnitronConnection } from '../../../src/schemas/omnitron/connection.js';
import { omnitronOrders } from '../../support/omnitronOrders.js';
import { omnitronStores } from '../../support/omnitronStores.js';

const LOGIN = { username: 'oms', password: 'secret' };

let omnitron: OmnitronSimulator;
let connection: OmnitronConnection;
const client = createOmnitronClient({ allow: ['127.0.0.0/8'] });
const row = z.object({ pk: z.int() });

beforeEach(async () => {
  omnitron = await startOmnitron({ login: LOGIN, orders: omnitronOrders(), stores: omnitronStores() });
  connection = omnitronConnection.parse({ url: omnitron.url, auth: LOGIN, timeoutMs: 300 }) as OmnitronConnection;
});

afterEach(() => omnitron.stop());

const fault = (one: object) => fetch(`${omnitron.url}/control`, { method: 'POST', body: JSON.stringify(one) });
const items = (query = {}) => client.list(connection, 'channel/5/order_items/', row, query);
const pks = async (list: Promise<{ pk: number }[]>) => (await list).map(({ pk }) => pk);

describe('lists', () => {
  test('every page is read, in order', async () => {
    expect(await pks(items({ limit: 3 }))).toEqual([8001, 8002, 8003, 8004, 8005, 8006, 8007]);
  });

  test('filters are passed on; nothing found is an empty list', async () => {
    expect(await pks(items({ order: 7002 }))).toEqual([8002, 8003, 8004, 8005, 8006]);
    expect(await pks(items({ order: 1 }))).toEqual([]);
    expect(await pks(client.list(connection, 'orders/', row, { is_send: 'True' }))).toEqual([]);
    expect(await pks(client.list(connection, 'channel/5/retail_stores/', row, { erp_code: 'W1' }))).toEqual([13]);
  });
});

describe('proving who we are', () => {
  test('one login serves many calls, and a token that is no longer known is renewed', async () => {
    await items();
    omnitron.expireTokens();

    expect(await pks(items({ order: 7001 }))).toEqual([8001]);
  });

  test('a wrong password is told as what it is, without the password', async () => {
    const wrong = { ...connection, auth: { username: 'oms', password: 'not it' } };

    const failure = client.list(wrong, 'orders/', row);

    await expect(failure).rejects.toMatchObject({
      code: 'omnitron.unreachable',
      detail: expect.stringContaining('400'),
    });
    await expect(failure).rejects.not.toMatchObject({ detail: expect.stringContaining('not it') });
  });
});

describe('what comes back', () => {
  test.each([
    ['an error of its own', { kind: 'error' }, 'omnitron.unreachable'],
    ['too many calls', { kind: 'error', status: 429 }, 'omnitron.unreachable'],
    ['text that is no JSON', { kind: 'garbage' }, 'omnitron.unreachable'],
    ['fields of another type', { kind: 'wrong_types' }, 'omnitron.unreachable'],
    ['an answer that comes too late', { kind: 'slow', ms: 2_000 }, 'omnitron.unreachable'],
    ['a connection that is cut', { kind: 'lost_answer' }, 'omnitron.unreachable'],
    ['a rule that is broken', { kind: 'error', status: 406 }, 'omnitron.refused'],
    ['a field that is wrong', { kind: 'error', status: 400 }, 'omnitron.refused'],
  ])('%s', async (_case, one, code) => {
    await items();
    await fault({ ...one, path: 'order_items' });

    await expect(items()).rejects.toMatchObject({ code });
    expect(await pks(items({ order: 7001 }))).toEqual([8001]);
  });

  test('rows that come twice are given as they came', async () => {
    await items();
    await fault({ kind: 'duplicates', path: 'order_items' });

    expect(await pks(items({ order: 7001 }))).toEqual([8001, 8001]);
  });
});

test('what is changed there is seen there', async () => {
  await client.send(connection, 'PATCH', 'channel/5/order_items/8001/', { status: '450', extra_field: { a: 1 } });
  await client.send(connection, 'PATCH', 'channel/5/order_items/8001/', { extra_field: { b: 2 } });

  const [item] = omnitron.rows('order_items');
  expect(item).toMatchObject({ status: '450', extra_field: { a: 1, b: 2 } });
});
