import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import type { RowPrices } from './rowPrices.js';

/**
 * Coverings that greedy choice finds, without proof: the candidate that takes most off the worth of what is
 * left, again and again (Chvatal 1979), by units, by shares of the needs and by the prices of a bound; then what the others make
 * superfluous is left out, the worst-ranked first. Worst case: candidates times rows for each package.
 *
 * @returns The best one, candidates ascending; null when none covers within `cover.maxSize`.
 */
export function greedyCover(cover: Cover, prices: RowPrices, budget: Budget): readonly number[] | null {
  const byUnits = (_: number, units: number) => units;
  const byShare = (row: number, units: number) => units / (cover.needs[row] ?? 1);
  const found = [byUnits, byShare, prices.worth].flatMap((worth) => {
    const walk = walkBy(cover, worth, budget);
    return walk ? [withoutIdle(cover, walk)] : [];
  });
  const packages = (chosen: readonly number[]) => chosen.filter((at) => !cover.isOpen[at]).length;
  const sum = (chosen: readonly number[]) => chosen.reduce((total, at) => total + at, 0);
  return found.sort((a, b) => packages(a) - packages(b) || sum(a) - sum(b))[0] ?? null;
}

type Worth = (row: number, units: number) => number;

// What is open already costs nothing: it comes first.
const FREE = 1e6;

function walkBy({ gives, needs, maxSize, isOpen }: Cover, worth: Worth, budget: Budget): number[] | null {
  const residual = [...needs];
  const walk: number[] = [];
  let open = residual.filter((need) => need > 0).length;
  while (open > 0) {
    if (walk.length >= maxSize || !budget.spend(2 * gives.length * residual.length)) return null;
    let next = -1;
    let most = 0;
    for (let at = 0; at < gives.length; at++) {
      const gain = gainOf(gives[at] ?? [], residual, worth) * (isOpen[at] ? FREE : 1);
      if (gain <= most || walk.includes(at)) continue;
      next = at;
      most = gain;
    }
    if (next === -1) return null;
    walk.push(next);
    for (let row = 0; row < residual.length; row++) {
      residual[row] = Math.max(0, (residual[row] ?? 0) - (gives[next]?.[row] ?? 0));
    }
    open = residual.filter((need) => need > 0).length;
  }
  return walk;
}

/** What a candidate takes off the worth; a trace for every unit decides between those that take nothing. */
function gainOf(given: readonly number[], residual: readonly number[], worth: Worth): number {
  let gain = 0;
  for (let row = 0; row < residual.length; row++) {
    const need = residual[row] ?? 0;
    const taken = Math.min(need, given[row] ?? 0);
    if (taken > 0) gain += worth(row, need) - worth(row, need - taken) + 1e-9 * taken;
  }
  return gain;
}

function withoutIdle({ gives, needs }: Cover, walk: readonly number[]): readonly number[] {
  const covers = (chosen: readonly number[]) =>
    needs.every((need, row) => chosen.reduce((sum, at) => sum + (gives[at]?.[row] ?? 0), 0) >= need);
  let kept = [...walk].sort((a, b) => a - b);
  for (const at of [...kept].reverse()) {
    const others = kept.filter((other) => other !== at);
    if (covers(others)) kept = others;
  }
  return kept;
}
