import type { Address } from '../../order/order.js';
import type { Change } from './change.js';
import { moveTo } from './moveTo.js';

type Wins = (changes: readonly Change[]) => boolean;

/** Rounds of making amounts smaller: less of one SKU can mean that more of another is needed. */
const ROUNDS = 3;

/**
 * The same changes in the smallest amounts that still win, one after the other, and without those that turn out
 * not to be needed. One unit less of any of them does not win.
 *
 * @param target What distances are measured against.
 */
export function smallest(
  changes: readonly Change[],
  wins: Wins,
  target: Partial<Address> | undefined,
): readonly Change[] {
  let made = [...changes];
  for (let round = 0; round < ROUNDS; round++) {
    const before = JSON.stringify(made);
    for (const change of [...made]) {
      const others = made.filter((of) => of !== change);
      const at = made.indexOf(change);
      if (others.length > 0 && wins(others)) made = others;
      else
        made = made.with(
          at,
          reduce(change, (smaller) => wins(made.with(at, smaller)), target),
        );
    }
    if (JSON.stringify(made) === before) break;
  }
  return made;
}

function reduce(change: Change, wins: (change: Change) => boolean, target: Partial<Address> | undefined): Change {
  switch (change.kind) {
    case 'stock': {
      const of = (more: number): Change => ({ ...change, more });
      return of(least(change.more, (more) => wins(of(more))));
    }
    case 'quota':
    case 'priority': {
      const towards = Math.sign(change.to - change.from);
      const of = (by: number): Change => ({ ...change, to: change.from + towards * by });
      return of(least(Math.abs(change.to - change.from), (by) => wins(of(by))));
    }
    case 'distance': {
      // In steps of 100 m.
      const steps = Math.max(1, Math.ceil((change.fromKm - change.toKm) * 10));
      const of = (by: number): Change => {
        const toKm = by >= steps ? change.toKm : Math.floor((change.fromKm - by / 10) * 1_000) / 1_000;
        return { ...change, toKm, at: moveTo(change.origin, target, toKm) };
      };
      return of(least(steps, (by) => wins(of(by))));
    }
    default:
      return change;
  }
}

/** The least of 1 to `most` that is enough, where `most` is, and one less is not. */
function least(most: number, isEnough: (amount: number) => boolean): number {
  let [tooLittle, enough] = [0, most];
  while (enough - tooLittle > 1) {
    const middle = Math.floor((tooLittle + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}
