import { createIdempotencyRepository } from '../../../src/store/idempotency.js';
import { useDatabase } from '../api/support/database.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);

const database = useDatabase();
let records: ReturnType<typeof createIdempotencyRepository>;
beforeAll(() => {
  records = createIdempotencyRepository(database());
});

describe('idempotency records', () => {
  test('one of many claims carries out, the others are told that it is in progress', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => records.claim('a', 'f', `h${n}`, NOW)));

    expect(claims.filter(({ kind }) => kind === 'carry_out')).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'in_progress')).toHaveLength(19);
  });

  test('a holder that is silent for half a minute loses its claim to exactly one other', async () => {
    await records.claim('b', 'f', 'dead', NOW);

    expect(await records.claim('b', 'f', 'early', after(29_999))).toEqual({ kind: 'in_progress' });
    const late = await Promise.all(
      Array.from({ length: 5 }, (_, n) => records.claim('b', 'f', `h${n}`, after(30_000))),
    );
    expect(late.filter(({ kind }) => kind === 'carry_out')).toHaveLength(1);
  });

  test('a holder that lost its claim can neither answer nor release', async () => {
    await records.claim('c', 'f', 'slow', NOW);
    await records.claim('c', 'f', 'new', after(30_000));

    await records.remember('c', 'slow', 'late answer', after(30_001));
    await records.release('c', 'slow');

    expect(await records.claim('c', 'f', 'other', after(30_002))).toEqual({ kind: 'in_progress' });
  });

  test('a released claim is free at once', async () => {
    await records.claim('d', 'f', 'one', NOW);
    await records.release('d', 'one');

    expect(await records.claim('d', 'f', 'two', NOW)).toEqual({ kind: 'carry_out' });
  });

  test('an answer is given to the same content and refused to another', async () => {
    await records.claim('e', 'f', 'one', NOW);
    await records.remember('e', 'one', 'answer', NOW);

    expect(await records.claim('e', 'f', 'two', NOW)).toEqual({ kind: 'answered', answer: 'answer' });
    expect(await records.claim('e', 'g', 'two', NOW)).toEqual({ kind: 'other_request' });
  });
});
