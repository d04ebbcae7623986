import { createVersionedRepository } from '../../../src/store/versioned.js';
import { useDatabase } from '../api/support/database.js';

interface Shelf {
  readonly code: string;
  readonly kind: string;
  readonly skus: Readonly<Record<string, number>>;
}

const NOW = new Date('2026-11-23T09:00:00Z');
const LATER = new Date('2026-11-23T10:00:00Z');

const database = useDatabase();

let nextCollection = 0;
const shelves = () => createVersionedRepository<Shelf>(database(), `shelves_${nextCollection++}`);

const shelf = (code: string, kind = 'wood'): Shelf => ({ code, kind, skus: { 'SKU-1.red': 2, $odd: 1 } });

describe('versioned repository', () => {
  test('gives back what was created, dots and dollars in keys included, as version 1', async () => {
    const repository = shelves();

    await repository.create('a', shelf('a'), NOW);

    expect(await repository.find('a')).toEqual({
      ...shelf('a'),
      version: 1,
      createdAt: NOW.toISOString(),
      updatedAt: NOW.toISOString(),
    });
  });

  test('creates a key once, also when twenty try at the same time', async () => {
    const repository = shelves();

    const made = await Promise.all(Array.from({ length: 20 }, () => repository.create('a', shelf('a'), NOW)));

    expect(made.filter((one) => one !== null)).toHaveLength(1);
    expect(await repository.find('a')).toMatchObject({ version: 1 });
  });

  test('replaces only the version that the caller has seen', async () => {
    const repository = shelves();
    await repository.create('a', shelf('a'), NOW);

    const first = await repository.replace('a', shelf('a', 'steel'), 1, LATER);
    const second = await repository.replace('a', shelf('a', 'glass'), 1, LATER);

    expect(first).toMatchObject({ kind: 'steel', version: 2, updatedAt: LATER.toISOString() });
    expect(second).toBeNull();
  });

  test('an object made anew after a deletion continues the versions of the old one', async () => {
    const repository = shelves();
    await repository.create('a', shelf('a'), NOW);

    expect(await repository.remove('a', NOW)).toBe(true);
    expect(await repository.remove('a', NOW)).toBe(false);
    expect(await repository.find('a')).toBeNull();
    expect(await repository.create('a', shelf('a'), LATER)).toMatchObject({
      version: 2,
      createdAt: LATER.toISOString(),
    });
  });

  test('lists in key order, page by page, without the deleted ones', async () => {
    const repository = shelves();
    for (const code of ['d', 'b', 'a', 'c', 'e']) await repository.create(code, shelf(code), NOW);
    await repository.remove('c', NOW);

    const first = await repository.list({ limit: 2 });
    const second = await repository.list({ limit: 2, cursor: first.next ?? '' });

    expect(first.items.map(({ code }) => code)).toEqual(['a', 'b']);
    expect(second).toMatchObject({ items: [{ code: 'd' }, { code: 'e' }], next: null });
  });

  test('filters by fields of the value and by keys', async () => {
    const repository = shelves();
    await repository.create('a', shelf('a', 'wood'), NOW);
    await repository.create('b', shelf('b', 'steel'), NOW);
    await repository.create('c', shelf('c', 'glass'), NOW);
    const codes = async (filter: Parameters<typeof repository.all>[0]) =>
      (await repository.all(filter)).map(({ code }) => code);

    expect(await codes({ fields: { kind: 'steel' } })).toEqual(['b']);
    expect(await codes({ fields: { kind: ['steel', 'glass'] } })).toEqual(['b', 'c']);
    expect(await codes({ keys: ['a', 'b'], fields: { kind: ['steel', 'glass'] } })).toEqual(['b']);
    expect(await repository.exists({ fields: { kind: 'wood' } })).toBe(true);
    expect(await repository.exists({ fields: { kind: 'stone' } })).toBe(false);
  });

  test('an operator where a key is expected matches nothing and changes nothing', async () => {
    const repository = shelves();
    await repository.create('a', shelf('a'), NOW);

    await expect(repository.find({ $ne: null } as unknown as string)).rejects.toThrow();
    expect(await repository.all()).toHaveLength(1);
  });
});
