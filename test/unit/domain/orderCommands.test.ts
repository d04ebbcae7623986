import { allowedOrderCommands } from '../../../src/domain/order/lifecycle.js';
import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';

const offers = (states: readonly PackageState[], unplanned = 0) =>
  allowedOrderCommands(
    { state: 'in_progress', hold: null },
    [{ unplanned, parked: 0, inPackages: 1 }],
    states.map((state) => ({ state })),
  );

describe('cancel is offered to an order', () => {
  test.each<[string, readonly PackageState[], number, boolean]>([
    ['with a package that waits', ['waiting'], 0, true],
    ['with a parked package', ['out_of_stock'], 0, true],
    ['with units that have no place yet', [], 1, true],
    ['with one package on its way and one packed', ['shipped', 'packed'], 0, true],
    ['with packages on their way only', ['shipped', 'delivered'], 0, false],
    ['whose packages are all being cancelled', ['cancellation_waiting'], 0, false],
    ['with nothing left but what is over', ['cancelled', 'packed_for_refund'], 0, false],
  ])('%s', (_what, states, unplanned, isOffered) => {
    expect(offers(states, unplanned).includes('cancel')).toBe(isOffered);
  });
});
