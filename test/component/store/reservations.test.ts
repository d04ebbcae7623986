import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createQuotaRepository, type QuotaRepository } from '../../../src/store/quotas.js';
import { createReservationRepository, type ReservationRepository } from '../../../src/store/reservations.js';
import type { Hold } from '../../../src/store/stockBook.js';
import { freshDatabase } from '../../support/stack.js';

let connection: Connection;
let reservations: ReservationRepository;
let quotas: QuotaRepository;
const now = new Date('2026-11-23T09:00:00Z');

beforeAll(async () => {
  connection = await connectStore(freshDatabase());
  reservations = createReservationRepository(connection);
  quotas = createQuotaRepository(connection);
  await migrate(connection);
});

afterAll(() => connection.close());

const hold = (packageNo: string, sku: string, quantity: number, location = 'S1'): Hold => ({
  key: `${packageNo}/1/${sku}`,
  location,
  sku,
  quantity,
  order: packageNo.replace(/P\d+$/, ''),
  package: packageNo,
  item: '1',
});

const reservedOf = async (sku: string) =>
  (await reservations.pagesOf([sku])).reduce((sum, row) => sum + row.reserved, 0);

describe('taking a hold', () => {
  test('forty callers for ten pieces: exactly ten get one', async () => {
    const takers = Array.from({ length: 40 }, (_, n) => reservations.take(hold(`A${n}P1`, 'SCARCE', 1), 10, now));

    const taken = (await Promise.all(takers)).filter(Boolean).length;

    expect(taken).toBe(10);
    expect(await reservedOf('SCARCE')).toBe(10);
  });

  test('a repeat takes nothing twice, also at the same moment', async () => {
    const same = hold('B1P1', 'REPEAT', 3);

    const answers = await Promise.all(Array.from({ length: 20 }, () => reservations.take(same, 10, now)));

    expect(answers.every(Boolean)).toBe(true);
    expect(await reservedOf('REPEAT')).toBe(3);
  });

  test('a hold that is in place counts as taken, even when the limit has fallen since', async () => {
    await reservations.take(hold('C1P1', 'FALLEN', 3), 3, now);

    expect(await reservations.take(hold('C1P1', 'FALLEN', 3), 0, now)).toBe(true);
    expect(await reservations.take(hold('C2P1', 'FALLEN', 1), 0, now)).toBe(false);
  });
});

describe('taking the holds of a plan', () => {
  test('all or none: the ones before the one without room are given back', async () => {
    await reservations.take(hold('D0P1', 'LAST', 1), 1, now);
    const wanted = [
      { ...hold('D1P1', 'PLENTY', 2), limit: 9 },
      { ...hold('D1P1', 'LAST', 1), limit: 1 },
    ];

    expect(await reservations.takeAll(wanted, now)).toBe(false);

    expect(await reservedOf('PLENTY')).toBe(0);
    expect(await reservations.ofOrder('D1')).toEqual([]);
  });

  test('plans that want the same two goods never hold one each and both fail', async () => {
    const plan = (order: string) => [
      { ...hold(`${order}P1`, 'X', 1), limit: 5 },
      { ...hold(`${order}P1`, 'Y', 1), limit: 5 },
    ];
    const plans = Array.from({ length: 20 }, (_, n) =>
      reservations.takeAll(n % 2 ? plan(`E${n}`) : plan(`E${n}`).reverse(), now),
    );

    const taken = (await Promise.all(plans)).filter(Boolean).length;

    expect(taken).toBe(5);
    expect(await reservedOf('X')).toBe(5);
    expect(await reservedOf('Y')).toBe(5);
  });
});

test('giving back is repeatable and touches only the own hold', async () => {
  await reservations.take(hold('F1P1', 'BACK', 2), 9, now);
  await reservations.take(hold('F2P1', 'BACK', 3), 9, now);

  await Promise.all([reservations.release([hold('F1P1', 'BACK', 2)]), reservations.release([hold('F1P1', 'BACK', 2)])]);

  expect(await reservedOf('BACK')).toBe(3);
});

describe('places of a quota', () => {
  test('a limit of five admits exactly five of thirty, and counts them', async () => {
    const takers = Array.from({ length: 30 }, (_, n) => quotas.take('Q1', `G${n}P1`, 5, now));

    expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(5);
    expect((await quotas.all()).find(({ location }) => location === 'Q1')?.open).toBe(5);
  });

  test('without a limit every package counts, once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => quotas.take('Q2', 'H1P1', null, now)));
    await quotas.free('Q2', 'H1P1');
    await quotas.free('Q2', 'H1P1');

    expect((await quotas.all()).find(({ location }) => location === 'Q2')?.open).toBe(0);
  });

  test('a limit of zero admits nothing', async () => {
    expect(await quotas.take('Q3', 'J1P1', 0, now)).toBe(false);
  });
});
