import fc from 'fast-check';

import { arrived, awaitedUnits, divide } from '../../../src/domain/package/items.js';
import type { PackageItem } from '../../../src/domain/package/package.js';
import {
  lackingUnits,
  NO_SUPPLY,
  trim,
  withAnswer,
  withAsked,
  withoutTransfer,
  withTransfers,
  type Supply,
} from '../../../src/domain/transfer/supply.js';
import type { TransferDraft } from '../../../src/domain/transfer/transfer.js';

const item = (id: string, quantity: number, awaited: number): PackageItem => ({
  ...{ id, lineId: id, sku: `SKU-${id}`, name: id, quantity, unitPrice: 100 },
  ...(awaited > 0 ? { awaited } : {}),
});

const transfer = (n: number, units: Readonly<Record<string, number>>): TransferDraft => ({
  ...{ number: `R1P1T${n}`, order: 'R1', package: 'R1P1', source: 'S2', destination: 'S1' },
  items: Object.entries(units).map(([packageItem, quantity], index) => {
    return { id: String(index + 1), packageItem, lineId: packageItem, sku: packageItem, name: packageItem, quantity };
  }),
});

test('what awaited units nobody brings or looks for is lacking', () => {
  const supply = withAsked(withTransfers(NO_SUPPLY, [transfer(1, { a: 2 })]), { a: 1 });

  expect(lackingUnits([item('a', 6, 5), item('b', 1, 0)], supply)).toEqual({ a: 2 });
});

test('a transfer that brings less than it should leaves the difference lacking', () => {
  const supply = withTransfers(NO_SUPPLY, [transfer(1, { a: 3 })]);

  const { supply: left, taken } = withoutTransfer(supply, 'R1P1T1', { a: 2 });

  expect([...taken]).toEqual([['a', 2]]);
  expect(lackingUnits(arrived([item('a', 3, 3)], taken), left)).toEqual({ a: 1 });
});

test('goods of a transfer that is not expected any more are not taken', () => {
  expect(withoutTransfer(NO_SUPPLY, 'R1P1T1', { a: 2 }).taken.size).toBe(0);
});

test('what the package does not wait for any more is taken from the latest transfer first', () => {
  const supply = withTransfers(NO_SUPPLY, [transfer(1, { a: 2 }), transfer(2, { a: 2, b: 1 })]);

  const { supply: left, wanted } = trim([item('a', 3, 3), item('b', 1, 1)], supply);

  expect([...wanted]).toEqual([['R1P1T2', { a: 1, b: 1 }]]);
  expect(left.incoming).toEqual({ R1P1T1: { a: 2 }, R1P1T2: { a: 1, b: 1 } });
});

test('a package that is over wants nothing of any transfer', () => {
  const supply = withTransfers(NO_SUPPLY, [transfer(1, { a: 2 }), transfer(2, { b: 1 })]);

  const { supply: left, wanted } = trim([], supply);

  expect(left.incoming).toEqual({});
  expect(new Map(wanted)).toEqual(
    new Map([
      ['R1P1T1', {}],
      ['R1P1T2', {}],
    ]),
  );
});

const expected = ({ incoming, asked }: Supply): number =>
  [...Object.values(incoming), asked].flatMap((units) => Object.values(units)).reduce((sum, units) => sum + units, 0);

test('whatever happens, an awaited unit is brought by one transfer or looked for, and by nothing else', () => {
  const units = fc.nat({ max: 4 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ends' as const), at: fc.nat(), arrived: units }),
    fc.record({ kind: fc.constant('leaves' as const), at: fc.nat(), arrived: units }),
    fc.record({ kind: fc.constant('answer' as const), at: fc.nat(), arrived: units }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(units, units), { minLength: 1, maxLength: 4 }), fc.array(step), (given, steps) => {
      let items = given.flatMap(([own, awaited], at) =>
        own + awaited > 0 ? [item(String(at), own + awaited, awaited)] : [],
      );
      const begun = items.filter((any) => awaitedUnits(any) > 0);
      let supply = withTransfers(
        NO_SUPPLY,
        begun.map((any, at) => transfer(at, { [any.id]: awaitedUnits(any) })),
      );
      let count = begun.length;
      for (const { kind, at, arrived: came } of steps) {
        if (kind === 'ends') {
          const [number] = Object.keys(supply.incoming).slice(at % 3);
          if (number === undefined) continue;
          const [id = ''] = Object.keys(supply.incoming[number] ?? {});
          const ended = withoutTransfer(supply, number, { [id]: came });
          items = arrived(items, ended.taken);
          supply = withAsked(ended.supply, lackingUnits(items, ended.supply));
        } else if (kind === 'leaves') {
          const leaving = items[at % Math.max(1, items.length)];
          if (leaving)
            items = [...divide(items, [{ id: leaving.id, quantity: Math.min(came, leaving.quantity) }]).staying];
        } else {
          const asked = supply.asked;
          supply = withTransfers(
            withAnswer(supply, asked),
            Object.keys(asked).length > 0 ? [transfer(count++, asked)] : [],
          );
        }
        supply = trim(items, supply).supply;
        const awaited = items.reduce((sum, any) => sum + awaitedUnits(any), 0);
        // Units that left while the order looks for them are found in vain, and given up when they are.
        expect(expected(supply)).toBeGreaterThanOrEqual(awaited);
        expect(lackingUnits(items, supply)).toEqual({});
        if (Object.keys(supply.asked).length === 0) expect(expected(supply)).toBe(awaited);
      }
    }),
  );
});
