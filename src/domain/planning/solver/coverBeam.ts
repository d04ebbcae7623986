import type { Budget } from './budget.js';
import { finish, offer, settle, startLabel, weigh, type CoverSearch, type Outline } from './coverSearch.js';
import { chosenOf, type Label } from './labels.js';

/**
 * A good covering with the search's number of packages, quickly and without proof: package by package, only
 * the most promising partial choices are kept (beam search, Lowerre 1976). Half of them are those that leave
 * the least to cover, half those with the least rank to expect.
 */
export function searchBeam(search: CoverSearch, width: number, budget: Budget): void {
  const { table, packages } = search;
  let beam: readonly Label[] = [startLabel(search)];
  while (beam.length > 0 && !budget.isSpent()) {
    const grown: Grown[] = [];
    for (const label of beam) {
      if (packages - label.packages === 1 && table.lastOpen === -1) finish(search, label);
      else grow(search, label, grown, budget);
    }
    beam = select(search, grown, width);
  }
}

interface Grown {
  readonly from: Label;
  readonly outline: Outline;
}

/** Steps to try a candidate, and to keep what it makes of the label. */
const VISIT = 10;
const KEEP = 30;

function grow(search: CoverSearch, label: Label, grown: Grown[], budget: Budget): void {
  const members = chosenOf(label);
  if (!budget.spend(search.table.count * (VISIT + search.table.rows))) return;
  for (let at = 0; at < search.table.count; at++) {
    const outline = members.includes(at) ? null : weigh(search, label, at, 0);
    if (!outline) continue;
    budget.spend(KEEP);
    if (outline.open === 0) offer(search, chosenOf(outline));
    else grown.push({ from: label, outline });
  }
}

/** The same choice comes in several orders, so that more are looked at than kept. */
const SPARE = 4;

function select(search: CoverSearch, grown: readonly Grown[], width: number): readonly Label[] {
  const rankOf = ({ outline: { scalar, rankWorth } }: Grown) => scalar + rankWorth;
  const restOf = ({ outline: { worth } }: Grown) => worth;
  const half = width >> 1;
  return [
    ...new Set([
      ...distinct(search, smallest(grown, SPARE * width, restOf, rankOf)).slice(0, half),
      ...distinct(search, smallest(grown, SPARE * width, rankOf, restOf)).slice(0, half),
    ]),
  ];
}

function distinct(search: CoverSearch, grown: readonly Grown[]): Label[] {
  const labels = new Map<string, Label>();
  for (const { from, outline } of grown) {
    const label = settle(search, from, outline);
    const name = label.residual.join();
    const known = labels.get(name);
    if (!known || label.scalar < known.scalar) labels.set(name, label);
  }
  return [...labels.values()];
}

/** Only those that can be among the smallest are sorted. */
function smallest(
  grown: readonly Grown[],
  count: number,
  of: (grown: Grown) => number,
  then: (grown: Grown) => number,
): Grown[] {
  const limit = Float64Array.from(grown, of).sort()[count - 1] ?? Infinity;
  return grown
    .filter((one) => of(one) <= limit)
    .sort((a, b) => of(a) - of(b) || then(a) - then(b))
    .slice(0, count);
}
