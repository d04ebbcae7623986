import type { Units } from './order.js';

/** Units of both. */
export function plus(units: Units, more: Units): Units {
  const sum: Record<string, number> = { ...units };
  for (const [line, quantity] of Object.entries(more)) sum[line] = (sum[line] ?? 0) + quantity;
  return sum;
}

/** What is left of `units` without `others`; lines with nothing left are left out. */
export function minus(units: Units, others: Units): Units {
  const left = Object.entries(units).map(([line, quantity]): [string, number] => [
    line,
    quantity - (others[line] ?? 0),
  ]);
  return Object.fromEntries(left.filter(([, quantity]) => quantity > 0));
}
