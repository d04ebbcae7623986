import type { Units } from '../../domain/order/order.js';

/** Units that need a place: of the order itself, or given back by a package. */
export interface Demand {
  readonly units: Units;
  /** The package whose units these were. */
  readonly replaces: string | null;
  /** The package is parked and stays as it is unless something can be placed. */
  readonly isRetry: boolean;
  /** The package goes on with what it has besides, and is not over when these units have a place. */
  readonly goesOn: boolean;
}

/** No package has these units: the order's own, or given back by one that goes on. */
export const isUnplaced = ({ replaces, goesOn }: Demand): boolean => replaces === null || goesOn;

/** What is left of `units` without `others`; lines with nothing left are left out. */
export function minus(units: Units, others: Units): Units {
  const left = Object.entries(units).map(([line, quantity]): [string, number] => [
    line,
    quantity - (others[line] ?? 0),
  ]);
  return Object.fromEntries(left.filter(([, quantity]) => quantity > 0));
}
