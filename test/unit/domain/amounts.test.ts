import fc from 'fast-check';

import { netOf, packageAmounts } from '../../../src/domain/package/amounts.js';
import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { PackageItem } from '../../../src/domain/package/package.js';

const line = (discount: number, quantity: number) => ({
  ...{ id: '1', sku: 'A', name: 'A', quantity, unitPrice: 1_000, discount, taxRate: 20, attributes: {} },
});
const item = (quantity: number, id = '1'): PackageItem => ({
  ...{ id, lineId: '1', sku: 'A', name: 'A', quantity, unitPrice: 1_000 },
});
const parcel = (n: number, quantity: number, state: PackageState = 'packed') => ({
  ...{ number: `R1P${n}`, state, items: [item(quantity)] },
});

describe('what a package costs', () => {
  test('its units at their price, less their part of the discount of the line', () => {
    const packages = [parcel(1, 1), parcel(2, 2)];

    const amounts = packages.map((one) => packageAmounts([line(100, 3)], packages, one)[0]);

    expect(amounts.map((amount) => [amount?.gross, amount?.discount, amount?.net])).toEqual([
      [1_000, 33, 967],
      [2_000, 67, 1_933],
    ]);
  });

  test('a package that was cancelled takes no part, and the tenth comes after the second', () => {
    const packages = [parcel(1, 1, 'cancelled'), parcel(2, 1), parcel(10, 2)];

    expect(packages.slice(1).map((one) => netOf(packageAmounts([line(100, 3)], packages, one)))).toEqual([967, 1_933]);
  });

  test('however the units are divided, the parts are whole and add up to the discount', () => {
    const divided = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(divided, fc.nat({ max: 100_000 }), (quantities, discount) => {
        const packages = quantities.map((quantity, index) => parcel(index + 1, quantity));
        const ordered = quantities.reduce((sum, quantity) => sum + quantity, 0);
        const parts = packages.flatMap((one) => packageAmounts([line(discount, ordered)], packages, one));

        expect(parts.every((part) => Number.isSafeInteger(part.discount) && part.discount >= 0)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part.discount, 0)).toBe(discount);
      }),
    );
  });

  test('two items of one line in a package share what is left', () => {
    const one = { ...parcel(1, 1), items: [item(1, '1'), item(2, '2')] };

    expect(packageAmounts([line(100, 3)], [one], one).map(({ discount }) => discount)).toEqual([33, 67]);
  });
});
