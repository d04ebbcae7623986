import type { Rank } from '../configuration/scenario.js';
import type { PrintedRank } from './objective.js';

/** The values of one location that a rank can ask for; null where one is missing. */
export interface RankFacts {
  readonly priority: number;
  readonly stock: number;
  /** Open packages of `maxQuota`; null without a quota. */
  readonly density: { readonly open: number; readonly quota: number } | null;
  readonly distanceMetres: number | null;
  readonly loadAgeMs: number | null;
}

/**
 * A rank vector that adds up: for each criterion the number of missing values and the sum of the others, in
 * whole units, negated for `desc`. Whole numbers add up exactly, so equal sets are equal in any order of
 * adding; vectors compare from the left.
 */
export type RankKey = readonly number[];

/** How values of one rule become whole numbers and back. */
export interface RankScale {
  readonly criteria: readonly Rank[];
  /** Parts into which a share of the quota is divided, so that every location's share is whole. */
  readonly densityParts: number;
}

// Beyond this the least common multiple would leave the whole numbers when added up.
const MAX_DENSITY_PARTS = 2 ** 32;

/** @param quotas Every `maxQuota` that can occur, so that keys of one plan add up and compare. */
export function rankScale(criteria: readonly Rank[], quotas: ReadonlySet<number>): RankScale {
  let parts = 1;
  for (const quota of quotas) {
    parts *= quota / greatestCommonDivisor(parts, quota);
    if (parts > MAX_DENSITY_PARTS) return { criteria, densityParts: MAX_DENSITY_PARTS };
  }
  return { criteria, densityParts: parts };
}

export function rankKey({ criteria, densityParts }: RankScale, facts: RankFacts): RankKey {
  const key: number[] = [];
  for (const { by, order } of criteria) {
    const value = wholeValue(by, facts, densityParts);
    if (value === null) key.push(1, 0);
    else key.push(0, order === 'desc' ? 0 - value : value);
  }
  return key;
}

export const emptyKey = ({ criteria }: RankScale): RankKey => criteria.flatMap(() => [0, 0]);

export const addKeys = (a: RankKey, b: RankKey): RankKey => a.map((value, index) => value + (b[index] ?? 0));

/** Negative when `a` is the better one. */
export function compareKeys(a: RankKey, b: RankKey): number {
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** In kilometres, hours and shares, as people read them; null where a value is missing. */
export function printKey({ criteria, densityParts }: RankScale, key: RankKey): PrintedRank {
  const unit = { priority: 1, stock: 1, density: densityParts, distance: 1_000, load_age: 3_600_000 };
  return criteria.map(({ by }, index) => {
    if ((key[2 * index] ?? 0) > 0) return null;
    return (key[2 * index + 1] ?? 0) / unit[by];
  });
}

function wholeValue(by: Rank['by'], facts: RankFacts, densityParts: number): number | null {
  switch (by) {
    case 'priority':
      return facts.priority;
    case 'stock':
      return facts.stock;
    case 'distance':
      return facts.distanceMetres;
    case 'load_age':
      return facts.loadAgeMs;
    case 'density':
      return facts.density && Math.round((facts.density.open * densityParts) / facts.density.quota);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
