import { NO_CHANGES } from '../../../src/domain/lifecycle/changes.js';
import { DEFAULT_LIFECYCLE, pinned } from '../../../src/domain/lifecycle/pinned.js';
import { newPackage, type PackageItem, type PackageRecord } from '../../../src/domain/package/package.js';
import { receivedOrder } from '../../../src/domain/order/order.js';
import { newTransfer, type TransferRecord } from '../../../src/domain/transfer/transfer.js';
import type { OrderBooks, SeenCommand, SeenEvent, Violation } from '../../../src/domain/verify/books.js';
import { checkOrder } from '../../../src/domain/verify/checkOrder.js';
import { checkQuota } from '../../../src/domain/verify/quota.js';
import { checkStock } from '../../../src/domain/verify/stock.js';
import { newOrder } from '../../workflow/support/brand.js';

const at = '2026-11-23T09:00:00Z';
const item: PackageItem = { id: '1', lineId: '1', sku: 'A', name: 'A', quantity: 2, unitPrice: 100 };

const parcel = (n: number, more: Partial<PackageRecord> = {}): PackageRecord => ({
  ...newPackage(
    {
      ...{ number: `R1P${n}`, order: 'R1', location: 'S1', state: 'waiting', items: [item], transfers: [] },
      ...{ rule: null, replaces: null, dueAt: null, lifecycle: { name: 'default', version: 1 } },
    },
    at,
  ),
  ...{ version: 1, sequence: 1, ...more },
});

const transfer: TransferRecord = {
  ...newTransfer(
    {
      ...{ number: 'R1P1T1', order: 'R1', package: 'R1P1', source: 'S2', destination: 'S1' },
      items: [{ id: '1', packageItem: '1', lineId: '1', sku: 'A', name: 'A', quantity: 1 }],
    },
    at,
  ),
  ...{ version: 1, sequence: 1 },
};

const event = (subject: string, sequence: number, type: string, state: string): SeenEvent => {
  return { subject, sequence, type, state };
};

const command = (known: Partial<SeenCommand>): SeenCommand => ({
  ...{ subject: 'package/R1P1', command: 'prepare', outcome: 'accepted', version: 1 },
  ...{ by: 'k1', commandId: 'c1', content: 'x', ...known },
});

/** Two of A in one waiting package, and everything as it should be. */
function clean(): OrderBooks {
  const order = newOrder({ number: 'R1', lines: [{ id: '1', sku: 'A', name: 'A', quantity: 2, unitPrice: 100 }] });
  return {
    order: { ...receivedOrder(order, at), state: 'in_progress', packageCount: 1, version: 2, sequence: 1 },
    packages: [parcel(1)],
    transfers: [],
    holds: [{ key: 'R1P1/1', location: 'S1', sku: 'A', quantity: 2 }],
    planned: new Set(),
    events: [
      event('order/R1', 1, 'order.received', 'received'),
      event('package/R1P1', 1, 'package.created', 'waiting'),
    ],
    commands: [command({ outcome: 'refused', version: 1 })],
    received: [{ id: '1', sku: 'A', quantity: 2 }],
    workflows: new Map([['package/R1P1', { isRunning: true, state: parcel(1), isRecorded: true }]]),
    undelivered: [],
    lifecycles: new Map([['default@1', DEFAULT_LIFECYCLE]]),
  };
}

const invariants = (violations: readonly Violation[]) => [...new Set(violations.map(({ invariant }) => invariant))];
const with_ = (change: Partial<OrderBooks>): OrderBooks => ({ ...clean(), ...change });
const only = (change: Partial<OrderBooks>, invariant: number) =>
  checkOrder(with_(change)).filter((one) => one.invariant === invariant);

test('an order whose books balance has no violation', () => {
  expect(checkOrder(clean())).toEqual([]);
});

test('a package with a transfer holds its own units, and the transfer holds the others at its source', () => {
  const waiting = parcel(1, { state: 'waiting_for_transfer', items: [{ ...item, awaited: 1 }], transfers: ['R1P1T1'] });
  const holds = [
    { key: 'R1P1/1', location: 'S1', sku: 'A', quantity: 1 },
    { key: 'R1P1T1/1', location: 'S2', sku: 'A', quantity: 1 },
  ];
  const events = [
    event('order/R1', 1, 'order.received', 'received'),
    event('package/R1P1', 1, 'package.created', 'waiting_for_transfer'),
    event('transfer/R1P1T1', 1, 'transfer.status.created', 'waiting'),
  ];

  expect(checkOrder(with_({ packages: [waiting], transfers: [transfer], holds, events }))).toEqual([]);
  expect(invariants(checkOrder(with_({ packages: [waiting], transfers: [transfer], holds: [], events })))).toEqual([5]);
});

describe('what is wrong is named', () => {
  const shipped = { state: 'shipped', isReserved: false } as const;

  test.each<[string, Partial<OrderBooks>, number, readonly string[]]>([
    [
      '1: more units in packages than were ordered',
      { packages: [parcel(1, { items: [{ ...item, quantity: 3 }] })] },
      1,
      ['order/R1', 'line/1'],
    ],
    ['2: a package that the order made is gone', { packages: [] }, 2, ['order/R1', 'package/R1P1']],
    ['2: a package that the order never made', { packages: [parcel(1), parcel(7)] }, 2, ['order/R1', 'package/R1P7']],
    [
      '2: an item of no line',
      { packages: [parcel(1, { items: [{ ...item, lineId: '9' }] })] },
      2,
      ['package/R1P1', 'line/9'],
    ],
    ['5: a live item without its hold', { holds: [] }, 5, ['order/R1', 'hold/R1P1/1']],
    ['5: a hold of the wrong size', { holds: [{ ...clean().holds[0]!, quantity: 1 }] }, 5, ['order/R1', 'hold/R1P1/1']],
    ['5: a hold of a package that has shipped', { packages: [parcel(1, shipped)] }, 5, ['order/R1', 'hold/R1P1/1']],
    [
      '7: a record in another state than its events',
      { packages: [parcel(1, { state: 'preparing' })] },
      7,
      ['package/R1P1'],
    ],
    [
      '8: more units have left than were ordered',
      { packages: [parcel(1, shipped), parcel(2, shipped)] },
      8,
      ['order/R1', 'line/1'],
    ],
    [
      '9: an accepted command that the record lost',
      { commands: [command({ version: 2 })] },
      9,
      ['package/R1P1', 'command/prepare'],
    ],
    [
      '9: a command that was carried out twice',
      { commands: [command({ version: 1 }), command({ version: 0 })] },
      9,
      ['package/R1P1', 'command/prepare', 'id/c1'],
    ],
    [
      '3: lines that are not as they were accepted',
      { received: [{ id: '1', sku: 'B', quantity: 2 }] },
      3,
      ['order/R1', 'event/order.received'],
    ],
    ['10: an event is missing', { events: clean().events.slice(0, 1) }, 10, ['package/R1P1']],
    [
      '10: an event that nobody sends',
      { undelivered: [{ subject: 'order/R1', event: 'e1', endpoint: 'w1' }] },
      10,
      ['order/R1', 'event/e1', 'webhook-endpoint/w1'],
    ],
    [
      '11: unfinished, and nothing runs',
      { workflows: new Map([['package/R1P1', { isRunning: false, state: null, isRecorded: false }]]) },
      11,
      ['package/R1P1'],
    ],
    [
      '12: the workflow says otherwise',
      {
        workflows: new Map([
          ['package/R1P1', { isRunning: true, state: parcel(1, { version: 2 }), isRecorded: false }],
        ]),
      },
      12,
      ['package/R1P1'],
    ],
  ])('%s', (_name, change, invariant, objects) => {
    const [violation] = only(change, invariant);

    expect(violation?.objects).toEqual(objects);
    expect(violation?.detail).not.toBe('');
    expect(violation?.todo).not.toBe('');
  });

  test('9: a step that a dying worker wrote, and that the workflow took after another one, is one effect', () => {
    const commands = [command({ version: 1 }), command({ commandId: 'c2', version: 0 }), command({ version: 0 })];

    expect(only({ commands }, 9)).toEqual([]);
  });

  test('7: a step that the life cycle does not know', () => {
    const events = [
      ...clean().events,
      event('package/R1P1', 2, 'package.status.transitioned', 'delivered'),
      event('package/R1P1', 3, 'package.status.transitioned', 'waiting'),
    ];

    const [violation] = only({ events, packages: [parcel(1, { sequence: 3 })] }, 7);

    expect(violation?.detail).toMatch(/from waiting to delivered/);
  });

  test('7: a step of the default that the life cycle of the package is without', () => {
    const lifecycle = { name: 'package', version: 2 };
    const pin = pinned(lifecycle, { ...NO_CHANGES, commands: { ready: { off: true } } });
    const ready = event('package/R1P1', 2, 'package.status.transitioned', 'ready_for_packaging');
    const packages = [parcel(1, { state: 'ready_for_packaging', sequence: 2, lifecycle })];
    const events = [...clean().events, ready];

    const [violation] = only({ events, packages, lifecycles: new Map([['package@2', pin]]) }, 7);

    expect(violation?.detail).toBe('it went from waiting to ready_for_packaging, which its life cycle does not know');
  });

  test('7: a life cycle that there is not', () => {
    const [violation] = only({ packages: [parcel(1, { lifecycle: { name: 'package', version: 9 } })] }, 7);

    expect(violation?.detail).toBe('it keeps the life cycle package@9, which there is not');
  });

  test('7: back from blocked to where it was is a step', () => {
    const moved = ['blocked', 'waiting'].map((state, index) =>
      event('package/R1P1', index + 2, 'package.status.transitioned', state),
    );

    expect(only({ events: [...clean().events, ...moved], packages: [parcel(1, { sequence: 3 })] }, 7)).toEqual([]);
  });

  test('5: a hold of the plan under way is needed before its package is there', () => {
    const hold = { key: 'R1P2/1', location: 'S1', sku: 'A', quantity: 2 };

    expect(only({ holds: [...clean().holds, hold], planned: new Set(['R1P2/1']) }, 5)).toEqual([]);
    expect(only({ holds: [...clean().holds, hold] }, 5)).toMatchObject([{ repair: { kind: 'release_hold' } }]);
  });
});

describe('4: one SKU at one location', () => {
  const books = { location: 'S1', sku: 'A', reserved: 3, holds: [{ key: 'a', quantity: 3, limit: 3 }] };

  test.each([
    ['balances', books, null],
    [
      'a hold of a person may go beyond',
      { ...books, reserved: 8, holds: [...books.holds, { key: 'b', quantity: 5, limit: null }] },
      null,
    ],
    [
      'what transfers have brought to a package goes beyond what its plan took',
      { ...books, reserved: 5, holds: [{ key: 'a', quantity: 5, limit: 3, planned: 3 }] },
      null,
    ],
    ['the sum is another', { ...books, reserved: 4 }, /4 are reserved, and the holds are 3/],
    ['a hold has no units', { ...books, reserved: 0, holds: [{ key: 'a', quantity: 0, limit: 3 }] }, /no units/],
    [
      'plans hold more than was accepted',
      { ...books, reserved: 5, holds: [...books.holds, { key: 'b', quantity: 2, limit: 4 }] },
      /5 are held by plans, and at most 4/,
    ],
  ])('%s', (_name, given, expected) => {
    const violations = checkStock(given);

    expect(violations.map(({ detail }) => detail)).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
  });
});

describe('6: the quota of a location', () => {
  const books = { location: 'S1', open: 1, counted: ['R1P1'], packages: ['R1P1'], planned: new Set<string>() };

  test.each([
    ['balances', books, null],
    [
      'a place of the plan under way',
      { ...books, open: 2, counted: ['R1P1', 'R2P1'], planned: new Set(['R2P1']) },
      null,
    ],
    ['the counter is another', { ...books, open: 2 }, /counter is 2 for 1/],
    ['an open package is not counted', { ...books, open: 0, counted: [] }, /not counted: R1P1/],
    ['a closed one is counted', { ...books, packages: [] }, /not open: R1P1/],
  ])('%s', (_name, given, expected) => {
    expect(checkQuota(given).map(({ detail }) => detail)).toEqual(
      expected === null ? [] : [expect.stringMatching(expected)],
    );
  });
});
