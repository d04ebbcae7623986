import fc from 'fast-check';

import { divide, unitFaults, unitsByLine } from '../../../src/domain/package/items.js';
import type { PackageItem } from '../../../src/domain/package/package.js';

const item = (id: string, quantity: number, change: Partial<PackageItem> = {}): PackageItem => ({
  ...{ id, lineId: id, sku: `SKU-${id}`, name: id, quantity, unitPrice: 100 },
  ...change,
});

const total = (items: readonly PackageItem[]) => items.reduce((sum, { quantity }) => sum + quantity, 0);

describe('divide', () => {
  test('takes units out of an item, and the item when nothing of it is left', () => {
    const { staying, leaving } = divide(
      [item('1', 3), item('2', 1)],
      [
        { id: '1', quantity: 1 },
        { id: '2', quantity: 1 },
      ],
    );

    expect(staying).toEqual([item('1', 2)]);
    expect(leaving).toEqual([item('1', 1), item('2', 1)]);
  });

  test('takes a keep-together group as a whole', () => {
    const bundle = { keepTogetherGroup: 'bundle' };
    const { staying, leaving } = divide(
      [item('1', 2, bundle), item('2', 1, bundle), item('3', 4)],
      [{ id: '1', quantity: 1 }],
    );

    expect(staying).toEqual([item('3', 4)]);
    expect(leaving).toEqual([item('1', 2, bundle), item('2', 1, bundle)]);
  });

  test('loses and doubles no unit', () => {
    const anyItems = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 5 }), group: fc.option(fc.constantFrom('a', 'b')) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(anyItems, fc.infiniteStream(fc.nat(5)), (drawn, dice) => {
        const items = drawn.map(({ quantity, group }, index) =>
          item(String(index), quantity, group === null ? {} : { keepTogetherGroup: group }),
        );
        const units = items.flatMap(({ id, quantity }) => {
          const taken = Math.min(quantity, dice.next().value as number);
          return taken > 0 ? [{ id, quantity: taken }] : [];
        });
        const { staying, leaving } = divide(items, units);

        expect(total(staying) + total(leaving)).toBe(total(items));
        expect(total(leaving)).toBeGreaterThanOrEqual(units.reduce((sum, { quantity }) => sum + quantity, 0));
        for (const group of ['a', 'b']) {
          const isIn = (list: readonly PackageItem[]) => list.some((one) => one.keepTogetherGroup === group);
          expect(isIn(staying) && isIn(leaving)).toBe(false);
        }
      }),
    );
  });
});

test('unitFaults points at what the package does not have', () => {
  const items = [item('1', 2)];

  expect(unitFaults(items, [{ id: '9', quantity: 1 }], '/items')).toEqual([
    { pointer: '/items/0/id', detail: 'the package has no item 9' },
  ]);
  expect(
    unitFaults(
      items,
      [
        { id: '1', quantity: 2 },
        { id: '1', quantity: 1 },
      ],
      '/items',
    ),
  ).toEqual([{ pointer: '/items/1/quantity', detail: 'item 1 has no more than 0 units left' }]);
});

test('unitsByLine adds up the items of one line', () => {
  expect(unitsByLine([item('1', 2), item('2', 3, { lineId: '1' }), item('3', 1)])).toEqual({ '1': 5, '3': 1 });
});
