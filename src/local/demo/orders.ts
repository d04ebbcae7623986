import type { Order } from '../../domain/order/order.js';
import { placeOf } from './places.js';
import { demoProducts, skuOf, type Product } from './products.js';

/** What an order is meant to show. */
export type Course = 'single' | 'split' | 'refused' | 'parked' | 'partly parked';

type Row = readonly [
  number: string,
  course: Course,
  channel: 'web' | 'app' | 'marketplace',
  shippingOption: 'standard' | 'express',
  /** The customer lives near this location. */
  near: string,
  lines: readonly (readonly [sku: number, pieces: number])[],
];

const ROWS: readonly Row[] = [
  ['R1001', 'single', 'web', 'standard', 'S01', [[12, 1]]],
  [
    'R1002',
    'split',
    'web',
    'standard',
    'S08',
    [
      [481, 1],
      [491, 1],
    ],
  ],
  ['R1003', 'single', 'app', 'express', 'S03', [[35, 1]]],
  ['R1004', 'refused', 'web', 'standard', 'S10', [[51, 1]]],
  ['R1005', 'parked', 'web', 'standard', 'S12', [[500, 1]]],
  [
    'R1006',
    'split',
    'marketplace',
    'standard',
    'S13',
    [
      [310, 1],
      [77, 2],
    ],
  ],
  [
    'R1007',
    'single',
    'app',
    'standard',
    'S24',
    [
      [90, 1],
      [91, 1],
    ],
  ],
  ['R1008', 'single', 'web', 'express', 'S26', [[120, 1]]],
  ['R1009', 'refused', 'app', 'standard', 'S05', [[133, 1]]],
  ['R1010', 'split', 'web', 'standard', 'S02', [[496, 5]]],
  [
    'R1011',
    'single',
    'web',
    'standard',
    'S31',
    [
      [140, 1],
      [405, 1],
    ],
  ],
  ['R1012', 'single', 'marketplace', 'standard', 'S16', [[205, 1]]],
  [
    'R1013',
    'partly parked',
    'web',
    'standard',
    'S14',
    [
      [210, 1],
      [500, 1],
    ],
  ],
  [
    'R1014',
    'refused',
    'web',
    'standard',
    'S25',
    [
      [222, 1],
      [223, 1],
    ],
  ],
  ['R1015', 'single', 'app', 'express', 'S28', [[410, 2]]],
  [
    'R1016',
    'split',
    'web',
    'standard',
    'S20',
    [
      [485, 1],
      [495, 2],
      [420, 1],
    ],
  ],
  ['R1017', 'single', 'web', 'standard', 'S35', [[17, 1]]],
  [
    'R1018',
    'split',
    'marketplace',
    'standard',
    'S17',
    [
      [333, 1],
      [250, 1],
    ],
  ],
  ['R1019', 'single', 'app', 'standard', 'S36', [[260, 1]]],
  ['R1020', 'single', 'web', 'express', 'S11', [[271, 1]]],
  ['R1021', 'partly parked', 'app', 'standard', 'S06', [[499, 2]]],
  ['R1022', 'single', 'web', 'standard', 'S29', [[345, 1]]],
  [
    'R1023',
    'single',
    'marketplace',
    'standard',
    'S19',
    [
      [430, 1],
      [431, 1],
    ],
  ],
  ['R1024', 'split', 'web', 'standard', 'S07', [[497, 6]]],
  [
    'R1025',
    'single',
    'app',
    'standard',
    'S37',
    [
      [299, 1],
      [440, 2],
    ],
  ],
];

const FIRST_NAMES = ['Ada', 'Deniz', 'Mira', 'Jonas', 'Elif', 'Luca', 'Noor', 'Emre'] as const;
const FIRST_PLACED_AT = Date.parse('2026-11-23T09:00:00Z');

export interface DemoOrder {
  readonly course: Course;
  readonly order: Order;
}

/** R1001 to R1025, the same at every start: posted again, they are the orders that are there. */
export function demoOrders(): DemoOrder[] {
  const products = new Map(demoProducts().map((product) => [product.sku, product]));
  return ROWS.map((row, index) => ({ course: row[1], order: orderOf(row, index, products) }));
}

/** The first packages of these orders are refused by the store. */
export const refusedPackages = (): string[] =>
  ROWS.filter(([, course]) => course === 'refused').map(([number]) => `${number}P1`);

function orderOf(
  [number, , channel, shippingOption, near, lines]: Row,
  index: number,
  products: ReadonlyMap<string, Product>,
): Order {
  const { code: _, ...address } = placeOf(near);
  const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? 'Ada';
  return {
    number,
    channel,
    placedAt: new Date(FIRST_PLACED_AT + index * 60_000).toISOString(),
    currency: 'EUR',
    customer: {
      type: 'individual',
      firstName,
      lastName: 'Example',
      email: `${firstName.toLowerCase()}@example.com`,
      phone: '+905550000000',
    },
    shippingAddress: { ...address, line: '1 Example Street' },
    shippingOption,
    paymentType: 'card',
    delivery: { type: 'home' },
    priority: shippingOption === 'express' ? 2 : 3,
    tags: [],
    attributes: {},
    lines: lines.map(([sku, pieces], line) => lineOf(String(line + 1), skuOf(sku), pieces, products)),
  };
}

function lineOf(id: string, sku: string, quantity: number, products: ReadonlyMap<string, Product>) {
  const product = products.get(sku);
  if (!product) throw new Error(`There is no product ${sku}`);
  const { name, unitPrice, unitWeight, department } = product;
  return { id, sku, name, quantity, unitPrice, discount: 0, taxRate: 20, unitWeight, attributes: { department } };
}
