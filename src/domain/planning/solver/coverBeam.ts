import type { Budget } from './budget.js';
import { extend, finish, offer, startLabel, type CoverSearch } from './coverSearch.js';
import { chosenOf, type Label } from './labels.js';

/**
 * A good covering with the search's number of packages, quickly and without proof: package by package, only
 * the most promising partial choices are kept (beam search, Lowerre 1976). Half of them are those that leave
 * the least to cover, half those with the least rank to expect.
 */
export function searchBeam(search: CoverSearch, width: number, budget: Budget): void {
  const { table, packages } = search;
  let beam: Label[] = [startLabel(search)];
  while (beam.length > 0 && !budget.isSpent()) {
    const next = new Map<string, Label>();
    for (const label of beam) {
      if (packages - label.packages === 1 && table.lastOpen === -1) finish(search, label);
      else grow(search, label, next, budget);
    }
    beam = select([...next.values()], width);
  }
}

function grow(search: CoverSearch, label: Label, next: Map<string, Label>, budget: Budget): void {
  const members = new Set(chosenOf(label));
  for (let at = 0; at < search.table.count; at++) {
    if (members.has(at) || !budget.spend(1)) continue;
    const grown = extend(search, label, at, 0);
    if (!grown) continue;
    if (grown.open === 0) offer(search, chosenOf(grown));
    else {
      const name = grown.residual.join();
      const known = next.get(name);
      if (!known || grown.scalar < known.scalar) next.set(name, grown);
    }
  }
}

function select(labels: readonly Label[], width: number): Label[] {
  if (labels.length <= width) return [...labels];
  const rankOf = ({ scalar, rankWorth }: Label) => scalar + rankWorth;
  const byRest = [...labels].sort((a, b) => a.worth - b.worth || rankOf(a) - rankOf(b)).slice(0, width >> 1);
  const byRank = [...labels].sort((a, b) => rankOf(a) - rankOf(b) || a.worth - b.worth).slice(0, width >> 1);
  return [...new Set([...byRest, ...byRank])];
}
