import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import { tastesOf, walk } from './coverWalks.js';
import type { RowPrices } from './rowPrices.js';

/**
 * The best covering that greedy choice finds, without proof: what each walk opens, without what the others
 * make superfluous, the worst-ranked first.
 *
 * @returns Candidates ascending; null when no walk covers within `cover.maxSize`.
 */
export function greedyCover(cover: Cover, prices: RowPrices, budget: Budget): readonly number[] | null {
  const found = tastesOf(cover, prices).flatMap((taste) => {
    const chosen = walk(cover, taste, budget);
    return covers(cover, chosen) ? [withoutIdle(cover, chosen)] : [];
  });
  const packages = (chosen: readonly number[]) => chosen.filter((at) => !cover.isOpen[at]).length;
  const sum = (chosen: readonly number[]) => chosen.reduce((total, at) => total + at, 0);
  return found.sort((a, b) => packages(a) - packages(b) || sum(a) - sum(b))[0] ?? null;
}

const covers = ({ gives, needs }: Cover, chosen: readonly number[]): boolean =>
  needs.every((need, row) => chosen.reduce((sum, at) => sum + (gives[at]?.[row] ?? 0), 0) >= need);

function withoutIdle(cover: Cover, chosen: readonly number[]): readonly number[] {
  let kept = [...chosen].sort((a, b) => a - b);
  for (const at of [...kept].reverse()) {
    const others = kept.filter((other) => other !== at);
    if (covers(cover, others)) kept = others;
  }
  return kept;
}
