import { compareText } from '../compareText.js';
import { hasAll, type Cover } from './cover.js';
import { comparePreference } from './preference.js';

/** The best choice of candidates that was found so far. */
export interface Incumbent {
  /** Candidates, ascending; null when nothing was found yet. */
  readonly chosen: () => readonly number[] | null;
  /** Places of its codes among all, ascending. */
  readonly codes: () => Int32Array;
  /** Takes note of a choice, without what gives nothing, if it is allowed and preferred. */
  readonly offer: (chosen: readonly number[]) => void;
}

/** @param mayLack Choices that do not cover are allowed, but units come first. */
export function createIncumbent(cover: Cover, codeOrder: Int32Array, mayLack: boolean): Incumbent {
  let best: { chosen: readonly number[]; lack: number; packages: number; codes: Int32Array } | null = null;
  return {
    chosen: () => best && best.chosen,
    codes: () => best?.codes ?? new Int32Array(),
    offer: (offered) => {
      const chosen = withoutIdle(cover, offered);
      const lack = lackOf(cover, chosen);
      if (chosen.length > cover.maxSize || (lack.rows > 0 && !mayLack) || hasAll(chosen, cover.notAllOf)) return;
      const packages = packagesIn(cover, chosen);
      const difference = best && (lack.units - best.lack || packages - best.packages);
      if (best && (difference || comparePreference(cover, chosen, best.chosen)) >= 0) return;
      if (cover.isAllowed && !cover.isAllowed(chosen)) return;
      best = { chosen, lack: lack.units, packages, codes: codesOf(codeOrder, chosen) };
    },
  };
}

/** In rank order, those that still give something. */
function withoutIdle({ gives, needs }: Cover, chosen: readonly number[]): readonly number[] {
  const rest = [...needs];
  return chosen
    .toSorted((a, b) => a - b)
    .filter((at) => {
      const given = gives[at] ?? [];
      const gains = given.some((units, row) => units > 0 && (rest[row] ?? 0) > 0);
      given.forEach((units, row) => (rest[row] = (rest[row] ?? 0) - units));
      return gains;
    });
}

/** How many rows lack something, and how many units of the order that is. */
export function lackOf({ needs, gives, weights }: Cover, chosen: readonly number[]): { rows: number; units: number } {
  let [rows, units] = [0, 0];
  needs.forEach((need, row) => {
    const lack = need - chosen.reduce((sum, at) => sum + (gives[at]?.[row] ?? 0), 0);
    if (lack <= 0) return;
    rows++;
    units += lack * (weights[row] ?? 0);
  });
  return { rows, units };
}

export const packagesIn = ({ isOpen }: Cover, chosen: readonly number[]): number =>
  chosen.filter((at) => !isOpen[at]).length;

/** By candidate, the place of its code among all. */
export function codeOrderOf({ codes }: Cover): Int32Array {
  const order = new Int32Array(codes.length);
  [...codes.keys()]
    .sort((a, b) => compareText(codes[a] ?? '', codes[b] ?? ''))
    .forEach((at, place) => (order[at] = place));
  return order;
}

export const codesOf = (codeOrder: Int32Array, chosen: readonly number[]): Int32Array =>
  Int32Array.from(chosen, (at) => codeOrder[at] ?? 0).sort();
