import fc from 'fast-check';

import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { partialCancellation, type Standing } from '../../../src/domain/order/partialCancel.js';
import { unitsByLine } from '../../../src/domain/package/items.js';

const standing = (number: string, state: PackageState, units: Record<string, number>): Standing => ({
  number,
  state,
  items: Object.entries(units).map(([lineId, quantity], index) => ({
    ...{ id: String(index + 1), lineId, sku: lineId, name: lineId, quantity, unitPrice: 100 },
  })),
});

const cancel = (wanted: Record<string, number>, unplaced: Record<string, number>, ...standings: Standing[]) =>
  partialCancellation(
    Object.entries(wanted).map(([id, quantity]) => ({ id, quantity })),
    unplaced,
    standings,
  );

describe('cancelling some units', () => {
  test('takes those without a place first, then parked ones, then those of the package that is least far', () => {
    const places = [
      standing('P1', 'preparing', { a: 2 }),
      standing('P2', 'waiting', { a: 2 }),
      standing('P3', 'out_of_stock', { a: 1 }),
    ];

    expect(cancel({ a: 5 }, { a: 1 }, ...places)).toEqual({
      ok: true,
      unplaced: { a: 1 },
      withdrawals: [
        { number: 'P3', units: 'all' },
        { number: 'P2', units: 'all' },
        { number: 'P1', units: [{ id: '1', quantity: 1 }] },
      ],
    });
  });

  test('leaves packed packages alone while others have enough', () => {
    expect(cancel({ a: 1 }, {}, standing('P1', 'packed', { a: 1 }), standing('P2', 'waiting', { a: 1 }))).toMatchObject(
      {
        withdrawals: [{ number: 'P2' }],
      },
    );
  });

  test('takes a packed package as a whole, and fewer of another so that it fits exactly', () => {
    expect(cancel({ a: 3 }, {}, standing('P1', 'packed', { a: 2 }), standing('P2', 'waiting', { a: 2 }))).toMatchObject(
      {
        ok: true,
        withdrawals: [
          { number: 'P2', units: [{ id: '1', quantity: 1 }] },
          { number: 'P1', units: 'all' },
        ],
      },
    );
  });

  test('is refused where a packed package would have to be opened, with what can be cancelled', () => {
    const places = [standing('P1', 'packed', { a: 2, b: 1 }), standing('P2', 'waiting', { a: 1 })];

    expect(cancel({ a: 3 }, {}, ...places)).toEqual({ ok: false, cancellable: [{ id: 'a', quantity: 1 }] });
  });

  test('never takes what is shipped', () => {
    expect(cancel({ a: 1 }, {}, standing('P1', 'shipped', { a: 1 }))).toMatchObject({ ok: false });
  });
});

test('exactly what is asked for is taken, or nothing', () => {
  const anyUnits = fc.dictionary(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 3 }), { maxKeys: 2 });
  const anyState = fc.constantFrom<PackageState>('waiting', 'preparing', 'out_of_stock', 'packed', 'shipped');
  const anyStandings = fc.array(fc.tuple(anyState, anyUnits), { maxLength: 5 });
  fc.assert(
    fc.property(anyUnits, anyUnits, anyStandings, (wanted, unplaced, given) => {
      const places = given.map(([state, units], index) => standing(`P${index}`, state, units));

      const found = cancel(wanted, unplaced, ...places);

      if (!found.ok) return;
      const taken = found.withdrawals.map(({ number, units }) => {
        const { items } = places.find((place) => place.number === number)!;
        if (units === 'all') return unitsByLine(items);
        for (const { id, quantity } of units)
          expect(quantity).toBeLessThanOrEqual(items.find((item) => item.id === id)!.quantity);
        return unitsByLine(
          units.map(({ id, quantity }) => ({ lineId: items.find((of) => of.id === id)!.lineId, quantity })),
        );
      });
      const total = [found.unplaced, ...taken].flatMap((units) => Object.entries(units));
      for (const line of ['a', 'b'])
        expect(total.filter(([id]) => id === line).reduce((sum, [, quantity]) => sum + quantity, 0)).toBe(
          wanted[line] ?? 0,
        );
    }),
  );
});
