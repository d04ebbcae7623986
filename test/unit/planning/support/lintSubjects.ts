import type { Scenario, TransferScenario } from '../../../../src/domain/configuration/scenario.js';
import type { Surroundings } from '../../../../src/domain/planning/lint/check.js';
import { location } from '../../../../src/schemas/location.js';
import { scenario, transferScenario } from '../../../../src/schemas/scenario.js';

export const place = (code: string, more: object = {}) =>
  location.parse({
    code,
    name: code,
    type: 'warehouse',
    stockEngine: 'erp',
    maxQuota: 5,
    address: { country: 'TR', state: 'Istanbul', latitude: 41, longitude: 29 },
    calendar: { timeZone: 'Europe/Istanbul', weekly: { mon: [['09:00', '18:00']] } },
    ...more,
  });

/** A full equipped warehouse and one that has nothing. */
export const W1 = place('W1');
export const BARE = location.parse({
  code: 'B1',
  name: 'B1',
  type: 'store',
  stockEngine: 'erp',
  address: { country: 'TR' },
});

export const surroundings = (more: Partial<Surroundings> = {}): Surroundings => ({
  locations: [W1, BARE],
  stockEngines: ['erp'],
  scenarios: [],
  transferScenarios: [],
  ...more,
});

export const LAST = { name: 'last', strategy: 'partial', locations: { include: ['W1'], tagsAny: [] } };

/** A scenario that nothing is wrong with, changed. */
export const distribution = (change: object = {}): Scenario =>
  scenario.parse({ name: 's', defaultLocation: 'W1', rules: [LAST], ...change });

/** The rule in front of one that places what is left. */
export const withRule = (rule: object, more: object = {}) =>
  distribution({
    rules: [
      { name: 'r', strategy: 'fewest', ...rule },
      { ...LAST, locations: {} },
    ],
    ...more,
  });

export const transfer = (rule: object = {}, more: object = {}): TransferScenario =>
  transferScenario.parse({ name: 't', rules: [{ name: 'r', lines: 'any', ...rule }], ...more });

export const only = (include: string) => ({ locations: { include: [include] } });
export const on = (channel: unknown) => ({ conditions: { channel } });

/** A scenario in its surroundings. */
export type Given = [Scenario | TransferScenario, Surroundings?];

/** By code: what has it, where it is found, and what nearly has it. */
export type LintCases = Readonly<Record<string, readonly (readonly [has: Given, pointer: string, nearMiss: Given])[]>>;
