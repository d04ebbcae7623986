import fc from 'fast-check';

import { PACKAGE_STATES, type PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { OrderLine } from '../../../src/domain/order/order.js';
import { conserved, lineQuantities, type PackageUnits } from '../../../src/domain/order/quantities.js';

const line = (quantity: number, id = '1'): OrderLine => ({
  id,
  sku: 'MUG',
  name: 'Mug',
  quantity,
  unitPrice: 100,
  discount: 0,
  taxRate: 0,
  attributes: {},
});

const parcel = (
  state: PackageState,
  quantity: number,
  kind?: 'denial' | 'cancellation' | 'replanning',
): PackageUnits => ({
  state,
  items: [{ id: '1', lineId: '1', sku: 'MUG', name: 'Mug', quantity, unitPrice: 100 }],
  reason: kind ? { kind, code: null, note: null } : null,
});

describe('lineQuantities', () => {
  test.each<[string, PackageUnits[], Record<string, number>, Record<string, number>]>([
    ['nothing is planned yet', [], {}, { unplanned: 5 }],
    ['some wait in a package', [parcel('waiting', 3)], {}, { inPackages: 3, unplanned: 2 }],
    ['some are parked', [parcel('out_of_stock', 5)], {}, { parked: 5 }],
    ['a refused package holds its units no more', [parcel('needs_rescheduling', 5)], {}, { unplanned: 5 }],
    [
      'a replaced package counts only where it was replaced',
      [parcel('cancelled', 5, 'denial'), parcel('packed', 5)],
      {},
      { inPackages: 5 },
    ],
    ['a cancelled package', [parcel('cancelled', 5, 'cancellation')], {}, { cancelled: 5 }],
    ['units cancelled before they had a package', [parcel('shipped', 2)], { 1: 3 }, { shipped: 2, cancelled: 3 }],
    ['returned counts within shipped', [parcel('returned', 5)], {}, { shipped: 5, returned: 5 }],
    ['with the customer', [parcel('delivered', 5)], {}, { delivered: 5 }],
  ])('%s', (_case, packages, cancelledUnits, expected) => {
    const [counted] = lineQuantities([line(5)], packages, cancelledUnits);

    const none = {
      unplanned: 0,
      parked: 0,
      inPackages: 0,
      shipped: 0,
      delivered: 0,
      cancelled: 0,
      refunded: 0,
      returned: 0,
    };
    expect(counted?.quantities).toEqual({ ordered: 5, ...none, ...expected });
    expect(conserved(counted!.quantities)).toBe(true);
  });

  test('whatever states the packages of a line have, its units are conserved', () => {
    const states = Object.keys(PACKAGE_STATES) as PackageState[];
    const anyParcels = fc.array(
      fc.record({ state: fc.constantFrom(...states), quantity: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyParcels, fc.nat(9), (parcels, left) => {
        // Packages whose units went back to the order are followed by others that have them.
        const holding = parcels.filter(({ state }) => state !== 'needs_rescheduling' && state !== 'cancelled');
        const ordered = holding.reduce((sum, { quantity }) => sum + quantity, left);
        const packages = parcels.map(({ state, quantity }) => parcel(state, quantity));

        const [counted] = lineQuantities([line(Math.max(1, ordered))], packages, {});

        expect(conserved(counted!.quantities)).toBe(true);
      }),
    );
  });

  test('a unit in two packages is not conserved', () => {
    const [counted] = lineQuantities([line(5)], [parcel('waiting', 5), parcel('packed', 5)], {});

    expect(conserved(counted!.quantities)).toBe(false);
  });
});
