import { compareText } from '../compareText.js';
import { compareKeys } from '../rank.js';
import type { Candidate, Problem, Solution } from './problem.js';

/** The objective: more units, fewer packages, the better rank vector, the smaller codes. Negative: `a` wins. */
export function compareSolutions(a: Solution, b: Solution, candidates: readonly Candidate[]): number {
  return (
    b.units - a.units ||
    a.packages - b.packages ||
    compareKeys(a.key, b.key) ||
    compareCodes(codesOf(a, candidates), codesOf(b, candidates))
  );
}

/** Of two plans, of which there may be none. */
export function better({ candidates }: Problem, a: Solution | null, b: Solution | null): Solution | null {
  if (!a || !b) return a ?? b;
  return compareSolutions(a, b, candidates) <= 0 ? a : b;
}

const codesOf = ({ chosen }: Solution, candidates: readonly Candidate[]) =>
  chosen.map((index) => candidates[index]?.code ?? '').sort(compareText);

/** Sorted lists of codes, compared from the first; a list that is the beginning of another comes first. */
export function compareCodes(a: readonly string[], b: readonly string[]): number {
  for (const [index, code] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (code !== other) return compareText(code, other);
  }
  return a.length - b.length;
}
