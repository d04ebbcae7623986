import { PACKAGE_LIFECYCLE, type PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { receivedOrder } from '../../../src/domain/order/order.js';
import { newPackage, type PackageRecord } from '../../../src/domain/package/package.js';
import type { Market } from '../../model/support/adoptPlan.js';
import { newModelOrder } from '../../model/support/orders.js';
import { commandParcel } from '../../model/support/parcelCommands.js';
import type { Seen } from '../../model/support/seen.js';
import { settle } from '../../model/support/settle.js';
import type { ModelOrder } from '../../model/support/state.js';
import { lines, newOrder } from '../../workflow/support/brand.js';

// The comparison itself: what it must not let pass.
const AT = '2026-11-28T09:00:00Z';
const order = newOrder({ number: 'm1-1', lines: lines(['A', 2]) });
const surroundings = { isActive: () => true };

const market = (change: Partial<Market> = {}): Market => ({
  stock: { 'S1|A': 2, 'S2|A': 2 },
  heldByOthers: {},
  active: new Set(['S1', 'S2']),
  doubtful: new Set(),
  isAlone: true,
  ...change,
});

const parcel = (
  n: number,
  location: string,
  state: PackageState,
  change: Partial<PackageRecord> = {},
): PackageRecord => ({
  ...newPackage(
    {
      ...{
        number: `m1-1P${n}`,
        order: 'm1-1',
        location,
        state,
        transfers: [],
        dueAt: null,
        rule: 'any',
        replaces: null,
      },
      items: [{ id: '1', lineId: '1', sku: 'A', name: 'A', quantity: 2, unitPrice: 1 }],
      lifecycle: { name: PACKAGE_LIFECYCLE.name, version: PACKAGE_LIFECYCLE.version },
    },
    AT,
  ),
  ...change,
});

const seen = (packages: readonly PackageRecord[], decisions: number): Seen => ({
  order: { ...receivedOrder(order, AT), state: 'in_progress', packageCount: packages.length, decisions },
  packages,
  transfers: [],
});

/** Planned at S1, as the system may do it. */
function placed(): ModelOrder {
  const settled = settle(newModelOrder(order), seen([parcel(1, 'S1', 'waiting')], 1), market());
  if (!settled.isSettled) throw new Error(settled.complaint);
  return settled.order;
}

/** Refused at S1, and about to be planned elsewhere. */
function refused(): ModelOrder {
  const before = placed();
  const outcome = commandParcel(before, before.parcels[0]!, { command: 'refuse', reason: 'damaged' }, surroundings);
  if (!outcome.isAccepted) throw new Error('the table allows it');
  return outcome.order;
}

const given = parcel(1, 'S1', 'cancelled', {
  ...{ isReserved: false, replacedBy: ['m1-1P2'] },
  reason: { kind: 'denial', code: 'damaged', note: null },
});

test.each<[what: string, model: () => ModelOrder, is: Seen, where: Market, complaint: RegExp | null]>([
  [
    'a refused package whose units are elsewhere',
    refused,
    seen([given, parcel(2, 'S2', 'waiting')], 2),
    market(),
    null,
  ],
  [
    'one that is not planned yet',
    refused,
    seen([parcel(1, 'S1', 'needs_rescheduling')], 1),
    market(),
    /should have been replaced/,
  ],
  ['units that are gone', refused, seen([given], 2), market(), /need a place/],
  [
    'units that went back to where they were refused',
    refused,
    seen([given, parcel(2, 'S1', 'waiting')], 2),
    market(),
    /gave it back/,
  ],
  [
    'a place that is not active',
    refused,
    seen([given, parcel(2, 'S2', 'waiting')], 2),
    market({ active: new Set(['S1']) }),
    /not active/,
  ],
  [
    'more than there is',
    refused,
    seen([given, parcel(2, 'S2', 'waiting')], 2),
    market({ heldByOthers: { 'S2|A': 1 } }),
    /are promised/,
  ],
  [
    'parked although somebody has it',
    refused,
    seen([given, parcel(2, 'HUB', 'out_of_stock')], 2),
    market(),
    /S2 has it/,
  ],
  [
    'parked because nobody has it',
    refused,
    seen([given, parcel(2, 'HUB', 'out_of_stock')], 2),
    market({ stock: {} }),
    null,
  ],
  [
    'another state than the model has',
    placed,
    seen([parcel(1, 'S1', 'preparing')], 1),
    market(),
    /should be \[waiting/,
  ],
  [
    'a hold that was given back',
    placed,
    seen([parcel(1, 'S1', 'waiting', { isReserved: false })], 1),
    market(),
    /held in the books/,
  ],
  [
    'a package that nobody asked for',
    placed,
    seen([parcel(1, 'S1', 'waiting'), parcel(2, 'S2', 'waiting')], 1),
    market(),
    /nobody asked/,
  ],
])('settle, %s', (_, model, is, where, complaint) => {
  const settled = settle(model(), is, where);

  if (complaint === null) expect(settled).toMatchObject({ isSettled: true });
  else expect(settled).toMatchObject({ isSettled: false, complaint: expect.stringMatching(complaint) as string });
});
