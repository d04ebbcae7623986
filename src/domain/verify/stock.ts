import type { Violation } from './books.js';

/** One SKU at one location, and under which limit each of its holds was taken; null for those without one. */
export interface StockBooks {
  readonly location: string;
  readonly sku: string;
  readonly reserved: number;
  readonly holds: readonly {
    readonly key: string;
    readonly quantity: number;
    readonly limit: number | null;
    /** Units of it that the plan took under the limit; transfers have brought the rest. All of them when absent. */
    readonly planned?: number;
  }[];
}

/**
 * 4: the sum is that of the holds, none is negative, and together they fit under what was accepted. The last
 * limited hold fitted together with those that are still there, so their sum is at most the largest limit.
 */
export function checkStock({ location, sku, reserved, holds }: StockBooks): Violation[] {
  const sum = (some: readonly { quantity: number }[]) => some.reduce((total, { quantity }) => total + quantity, 0);
  const violation = (detail: string): Violation => ({
    ...{ invariant: 4, objects: [`location/${location}`, `sku/${sku}`], detail },
    todo: 'Nothing more is promised than this number allows. Count the goods, then correct the document by hand.',
  });
  const limited = holds.filter((hold): hold is typeof hold & { limit: number } => hold.limit !== null);
  const planned = limited.reduce(
    (total, { quantity, planned: units = quantity }) => total + Math.min(units, quantity),
    0,
  );
  const most = Math.max(...limited.map(({ limit }) => limit));
  if (holds.some(({ quantity }) => quantity <= 0)) return [violation('a hold has no units')];
  if (reserved !== sum(holds)) return [violation(`${reserved} are reserved, and the holds are ${sum(holds)}`)];
  if (limited.length > 0 && planned > most)
    return [violation(`${planned} are held by plans, and at most ${most} were accepted`)];
  return [];
}
