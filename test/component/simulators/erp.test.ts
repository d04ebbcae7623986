import { Webhook } from 'standardwebhooks';

import { startErp, type Erp, type ErpOptions } from '../../../src/local/simulators/erp.js';
import { startStockService } from '../../../src/local/simulators/stockService.js';
import { until } from '../../support/until.js';
import { SECRET, startFakeOms, type FakeOms, type FakePackage } from './support/fakeOms.js';

let oms: FakeOms;
let erp: Erp;
const packages: Record<string, FakePackage> = {};

const parcel = (state: string): FakePackage => ({
  state,
  version: 1,
  location: 'S1',
  items: [{ sku: 'MUG', quantity: 2 }],
});

beforeEach(async () => {
  for (const number of Object.keys(packages)) delete packages[number];
  oms = await startFakeOms(packages);
});
afterEach(async () => {
  await erp.stop();
  await oms.close();
});

const start = async (manners: Partial<ErpOptions> = {}) => {
  erp = await startErp({ oms: { url: oms.url, key: 'oms_test_erp_x' }, pauseMs: 1, ...manners });
};

const announce = async (number: string, { id = `evt_${number}`, secret = SECRET } = {}) => {
  const body = JSON.stringify({ id, type: 'package.created', subject: `package/${number}`, data: { number } });
  const at = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return (await fetch(`${erp.url}/webhooks`, { method: 'POST', headers, body })).status;
};

const commandsOf = (number: string) =>
  oms.commands.filter((one) => one.number === number).map(({ command }) => command);
const shipped = (number: string) => until(`${number} is shipped`, () => packages[number]?.state === 'shipped');

describe('the ERP', () => {
  test('registers where it listens, for all events', async () => {
    await start();

    expect(oms.registered).toMatchObject([{ url: `${erp.url}/webhooks`, eventTypes: ['*'] }]);
  });

  test('works off what it hears of', async () => {
    await start();
    packages['R1P1'] = parcel('waiting');

    expect(await announce('R1P1')).toBe(204);
    await shipped('R1P1');

    expect(commandsOf('R1P1')).toEqual(['prepare', 'ready', 'pack', 'ship']);
    expect(new Set(oms.commands.map(({ key }) => key)).size).toBe(4);
  });

  test('works off what came while it was away', async () => {
    packages['R1P1'] = parcel('preparing');
    packages['R2P1'] = parcel('waiting_remote_action');

    await start();
    await Promise.all([shipped('R1P1'), shipped('R2P1')]);

    expect(commandsOf('R1P1')).toEqual(['ready', 'pack', 'ship']);
    expect(commandsOf('R2P1')).toEqual(['release', 'prepare', 'ready', 'pack', 'ship']);
  });

  test('does nothing twice for an event that comes twice', async () => {
    await start();
    packages['R1P1'] = parcel('waiting');

    await Promise.all([announce('R1P1'), announce('R1P1'), announce('R1P1')]);
    await shipped('R1P1');

    expect(commandsOf('R1P1')).toHaveLength(4);
    expect(erp.counts).toMatchObject({ received: 3, repeated: 2 });
  });

  test('fails as a receiver when it is told to: before anything is done, or with its answer lost', async () => {
    await start();
    packages['R1P1'] = parcel('waiting');
    const control = (fault: object) => fetch(`${erp.url}/control`, { method: 'POST', body: JSON.stringify(fault) });
    await control({ kind: 'error', status: 503, path: '/webhooks' });
    await control({ kind: 'lost_answer', path: '/webhooks' });

    expect(await announce('R1P1')).toBe(503);
    expect(erp.counts.received).toBe(0);
    await expect(announce('R1P1')).rejects.toThrow();
    expect(await announce('R1P1')).toBe(204);
    await shipped('R1P1');

    expect(erp.counts).toMatchObject({ received: 2, repeated: 1 });
    expect(commandsOf('R1P1')).toHaveLength(4);
  });

  test('believes nobody else', async () => {
    await start();
    packages['R1P1'] = parcel('waiting');
    const stranger = `whsec_${Buffer.from('the secret of somebody else').toString('base64')}`;

    expect(await announce('R1P1', { secret: stranger })).toBe(401);
    expect(erp.counts).toMatchObject({ received: 0, unsigned: 1 });
    expect(oms.commands).toEqual([]);
  });

  test.each(['out_of_stock', 'shipped', 'delivered', 'cancelled', 'blocked'])(
    'leaves a package alone that is %s',
    async (state) => {
      await start();
      packages['R1P1'] = parcel(state);
      packages['R2P1'] = parcel('waiting');

      await announce('R1P1');
      await announce('R2P1');
      await shipped('R2P1');

      expect(commandsOf('R1P1')).toEqual([]);
    },
  );

  test('refuses the packages that it is told to, with a reason', async () => {
    await start({ refuse: { reason: 'not_on_shelf', share: 0, packages: ['R1P1'] } });
    packages['R1P1'] = parcel('waiting');

    await announce('R1P1');
    await until('it is refused', () => packages['R1P1']?.state === 'cancelled');

    expect(oms.commands.at(-1)).toMatchObject({ command: 'refuse', body: { reason: 'not_on_shelf' } });
  });

  test('refuses about the share that it is told to, and always the same ones', async () => {
    const numbers = Array.from({ length: 60 }, (_, n) => `R${n}P1`);
    const refused = async () => {
      for (const number of numbers) packages[number] = parcel('preparing');
      await start({ refuse: { reason: 'damaged', share: 0.3 } });
      await until('all are worked off', () =>
        numbers.every((number) => ['shipped', 'cancelled'].includes(packages[number]?.state ?? '')),
      );
      return numbers.filter((number) => packages[number]?.state === 'cancelled');
    };

    const first = await refused();
    await erp.stop();
    await oms.close();
    oms = await startFakeOms(packages);
    const second = await refused();

    expect(second).toEqual(first);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(30);
  });

  test.each([
    ['is away', { status: 503 }],
    ['has died over the first try', { status: 409, json: { type: '/problems/idempotency.in_progress' } }],
  ])('outlives an API that %s, and repeats with the same key', async (_what, outage) => {
    await start();
    packages['R1P1'] = parcel('waiting');
    const failed: string[] = [];
    oms.outage = ({ method, headers }) => {
      if (method !== 'POST' || failed.length >= 2) return undefined;
      failed.push(String(headers['idempotency-key']));
      return outage;
    };

    await announce('R1P1');
    await shipped('R1P1');

    expect(failed).toEqual([oms.commands[0]?.key, oms.commands[0]?.key]);
    expect(commandsOf('R1P1')).toEqual(['prepare', 'ready', 'pack', 'ship']);
  });

  test('takes what it packs from the shelf of the stock service', async () => {
    const stock = await startStockService({ stock: { S1: { MUG: 5 } } });
    await start({ takenUrl: `${stock.url}/taken` });
    packages['R1P1'] = parcel('waiting');

    await announce('R1P1');
    await shipped('R1P1');

    const answer = await (await fetch(`${stock.stockUrl}?sku=MUG`)).json();
    await stock.stop();
    expect(answer).toEqual([{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: 3 }] }]);
  });
});
