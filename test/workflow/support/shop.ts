import { conserved, lineQuantities } from '../../../src/domain/order/quantities.js';
import { lines, newOrder } from './brand.js';
import type { World } from './world.js';

/** Groups of `plan_manually` that bring two of A and one of B to one place. */
export const allTo = (location: string) => [
  {
    location,
    items: [
      { id: '1', quantity: 2 },
      { id: '2', quantity: 1 },
    ],
  },
];

export type Shop = ReturnType<typeof openShop>;

/** Orders of goods that no other test has: what a location said that it lacks is not asked for again. */
export function openShop({ stock, records, place, packageIn }: World, mark = '') {
  const goods = { A: '', B: '', C: '' };
  let restocked = 0;
  return {
    goods,

    /** Fresh SKUs; plenty of them at S1 and S2, or `location|A` -> units. */
    restock: (given?: Readonly<Record<string, number>>): void => {
      restocked++;
      for (const name of ['A', 'B', 'C'] as const) {
        goods[name] = `${name}${mark}-${restocked}`;
        for (const location of ['S1', 'S2', 'S3']) {
          const units = given ? (given[`${location}|${name}`] ?? 0) : location === 'S3' ? 0 : 100;
          stock.table.set(`${location}|${goods[name]}`, units);
        }
      }
    },

    /** Two of A and one of B, at S1. */
    packageOf: async (change: object = {}): Promise<{ order: string; number: string }> => {
      const order = await place(newOrder({ lines: lines([goods.A, 2], [goods.B, 1]), ...change }));
      await packageIn(`${order}P1`, 'waiting');
      return { order, number: `${order}P1` };
    },

    /** By line; all of them add up. */
    quantitiesOf: async (number: string) => {
      const order = await records.orders.find(number);
      const packages = await records.packages.ofOrder(number);
      const counted = lineQuantities(order!.order.lines, packages, order!.cancelledUnits);
      for (const { quantities } of counted) expect(conserved(quantities)).toBe(true);
      return counted.map(({ quantities }) => quantities);
    },

    /** `P1 S1 A 2`: package, location, goods and units. */
    holdsOf: async (order: string): Promise<string[]> =>
      (await records.reservations.ofOrder(order))
        .map(({ location, sku, quantity, package: number }) =>
          [number.slice(order.length), location, sku.replace(/-\d+$/, ''), quantity].join(' '),
        )
        .sort(),
  };
}
