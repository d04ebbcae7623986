import type { ModelItem, Units } from './state.js';

/** Zeros and less are left out. */
export const positive = (units: Units): Units => Object.fromEntries(Object.entries(units).filter(([, n]) => n > 0));

export function plus(a: Units, b: Units): Units {
  const sum: Record<string, number> = { ...a };
  for (const [key, n] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + n;
  return sum;
}

export const minus = (a: Units, b: Units): Units =>
  plus(a, Object.fromEntries(Object.entries(b).map(([key, n]) => [key, -n])));

export const isNone = (units: Units): boolean => Object.values(units).every((n) => n === 0);

export const isSame = (a: Units, b: Units): boolean => isNone(minus(a, b));

/** Sums up `of` by `key`. */
export function tally<Entry>(
  entries: readonly Entry[],
  key: (entry: Entry) => string,
  of: (entry: Entry) => number,
): Units {
  return entries.reduce<Units>((sum, entry) => plus(sum, { [key(entry)]: of(entry) }), {});
}

export const byLine = (items: readonly Pick<ModelItem, 'line' | 'quantity'>[]): Units =>
  tally(
    items,
    ({ line }) => line,
    ({ quantity }) => quantity,
  );

/** The items without some of their units; items that have none left are gone. */
export const without = (items: readonly ModelItem[], units: Units): ModelItem[] =>
  items
    .map((item) => ({ ...item, quantity: item.quantity - (units[item.id] ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
