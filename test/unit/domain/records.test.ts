import { draftEvents } from '../../../src/domain/events/event.js';
import { lifecycleDiagram } from '../../../src/domain/lifecycle/diagram.js';
import {
  occupiesQuota,
  PACKAGE_LIFECYCLE,
  PACKAGE_STATES,
  type PackageState,
} from '../../../src/domain/lifecycle/packageLifecycle.js';
import { valueOf } from '../../../src/domain/money.js';
import { IDENTIFIER, PACKAGE_SUFFIX, packageNumber, transferNumber } from '../../../src/domain/numbers.js';
import { newPackage } from '../../../src/domain/package/package.js';
import { shortUnits } from '../../../src/domain/transfer/transfer.js';

test('numbers are made from the order number and count up', () => {
  expect(packageNumber('R1001', 2)).toBe('R1001P2');
  expect(transferNumber('R1001P2', 1)).toBe('R1001P2T1');
  expect(PACKAGE_SUFFIX.test('R1001P2')).toBe(true);
  expect(PACKAGE_SUFFIX.test('R1001')).toBe(false);
});

test.each([
  ['R1', true],
  ['a.b_c-d', true],
  ['-a', false],
  ['', false],
  ['a b', false],
  ['x'.repeat(65), false],
])('identifier %s: %s', (text, isOne) => {
  expect(IDENTIFIER.test(text)).toBe(isOne);
});

test('pieces cost unit price times quantity, in whole minor units', () => {
  expect(
    valueOf([
      { unitPrice: 1_990, quantity: 2 },
      { unitPrice: 5, quantity: 3 },
    ]),
  ).toBe(3_995);
});

test('events of a step are numbered behind those already recorded', () => {
  expect(draftEvents(['package.status.transitioned', 'package.status.packed'], 5)).toEqual([
    { type: 'package.status.transitioned', sequence: 6 },
    { type: 'package.status.packed', sequence: 7 },
  ]);
});

test('a new package holds nothing yet but what planning gave it', () => {
  const draft = {
    number: 'R1P1',
    order: 'R1',
    location: 'S1',
    state: 'waiting' as const,
    items: [],
    transfers: [],
    dueAt: null,
    rule: 'one',
    replaces: null,
    lifecycle: { name: 'default', version: 1 },
  };

  expect(newPackage(draft, '2026-11-23T09:00:00Z')).toMatchObject({
    ...draft,
    version: 0,
    sequence: 0,
    shipment: null,
    replacedBy: [],
  });
});

test.each<[PackageState, boolean]>([
  ['waiting', true],
  ['waiting_cargo_label', true],
  ['packed', false],
  ['out_of_stock', false],
  ['blocked', false],
  ['cancellation_waiting', true],
  ['cancelled', false],
])('a package in state %s occupies a place of the quota: %s', (state, occupies) => {
  expect(occupiesQuota(state)).toBe(occupies);
});

test('what was sent and did not arrive is short; what is under way is not', () => {
  const item = { id: '1', packageItem: 'a', lineId: '1', sku: 'MUG', name: 'Mug', quantity: 5 };

  expect(shortUnits({ ...item, receivedQuantity: 3 })).toBe(2);
  expect(shortUnits(item)).toBe(0);
});

test('the diagram shows every state of the life cycle', () => {
  const diagram = lifecycleDiagram(PACKAGE_LIFECYCLE);

  for (const state of Object.keys(PACKAGE_STATES)) expect(diagram).toContain(state);
});
