import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEFAULT_ORDER_RULES, type OmnitronContext } from '../../src/domain/omnitron/context.js';
import { readOmnitronOrder } from '../../src/schemas/omnitron/readOrder.js';

const FILE = join(import.meta.dirname, '../fixtures/omnitron/orders.json');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests change orders freely
export type Any = any;

/** The orders of the contract: simple, with a bundle and a company, and to be collected in a store. */
export const omnitronOrders = (): Any[] => JSON.parse(readFileSync(FILE, 'utf8')) as Any[];

/** The order with this number, changed. */
export function omnitronOrder(number: string, change: (order: Any) => void = () => undefined): Any {
  const order: Any = omnitronOrders().find((one) => one.number === number);
  change(order);
  return order;
}

/** A brand in Istanbul with the store where R1003 is collected. */
export const context: OmnitronContext = {
  rules: DEFAULT_ORDER_RULES,
  timeZone: 'Europe/Istanbul',
  locations: [
    {
      code: 'S12',
      omnitronId: '12',
      roles: ['packs', 'pickupPoint'],
      address: { country: 'TR', latitude: 41, longitude: 29 },
    },
    { code: 'W1', omnitronId: '13', roles: ['packs'], address: { country: 'TR' } },
  ],
};

export const read = (order: unknown, rules: Partial<OmnitronContext['rules']> = {}) =>
  readOmnitronOrder(order, { ...context, rules: { ...DEFAULT_ORDER_RULES, ...rules } });

/** Our order from this one. */
export function mapped(order: unknown, rules: Partial<OmnitronContext['rules']> = {}): Any {
  const result = read(order, rules);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.order;
}
