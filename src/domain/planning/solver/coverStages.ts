import type { Cover } from './cover.js';
import type { Goal } from './coverPart.js';
import { lackOf, packagesIn } from './incumbent.js';

/** One part of the objective, which is decided when all before it are. */
export interface Stage {
  readonly name: 'units' | 'packages' | 'rank';
  /** Of equal choices the codes decide. */
  readonly isLast: boolean;
  readonly goal: Goal;
  readonly valueOf: (chosen: readonly number[]) => number;
}

/** Units that are lacking, packages, then the rank vector component by component. */
export function stagesOf(cover: Cover, mayLack: boolean): readonly Stage[] {
  const { isOpen, keys, gives, weights, needs } = cover;
  const none = new Float64Array(gives.length);
  const lacks = mayLack ? new Float64Array(needs.length) : null;
  const units: Stage = {
    name: 'units',
    isLast: false,
    goal: { of: none, lacks: Float64Array.from(weights) },
    valueOf: (chosen) => lackOf(cover, chosen).units,
  };
  const packages: Stage = {
    name: 'packages',
    isLast: false,
    goal: { of: Float64Array.from(isOpen, (open) => (open ? 0 : 1)), lacks },
    valueOf: (chosen) => packagesIn(cover, chosen),
  };
  const hasOpen = isOpen.includes(true);
  const ranks = (keys[0] ?? []).map((_, component) => Float64Array.from(keys, (key) => key[component] ?? 0));
  // Where all have the same value, as many packages have the same sum.
  const telling = ranks.filter((of) => hasOpen || of.some((value) => value !== of[0]));
  const rank = (of: Float64Array, at: number, all: readonly Float64Array[]): Stage => ({
    name: 'rank',
    isLast: at === all.length - 1,
    goal: { of, lacks },
    valueOf: (chosen) => chosen.reduce((sum, at) => sum + (of[at] ?? 0), 0),
  });
  return [...(mayLack ? [units] : []), packages, ...(telling.length > 0 ? telling : [none]).map(rank)];
}
