import { compareText } from '../compareText.js';
import { compareKeys, type RankKey } from '../rank.js';
import { compareCodes } from './compareSolutions.js';
import type { Cover } from './cover.js';

/** A partial choice of candidates, as the last of them and the choice before it. */
export interface Label {
  readonly residual: readonly number[];
  readonly packages: number;
  readonly size: number;
  readonly key: RankKey;
  readonly scalar: number;
  /** The candidate that was added last; -1 at the start. */
  readonly last: number;
  readonly before: Label | null;
}

export interface LabelStore {
  /** Keeps the label unless one with the same residual, packages and size is at least as good. */
  readonly add: (label: Label) => void;
  /** Visits the labels that were there before the candidate `at` was looked at. */
  readonly forEach: (at: number, visit: (label: Label) => 'keep' | 'drop' | 'stop') => void;
}

export function createLabelStore({ codes, needs }: Cover): LabelStore {
  const places = new Map<number | string, number>();
  let labels: (Label | null)[] = [];
  const nameOf = naming(needs);

  const isBetter = (a: Label, b: Label): boolean => {
    const byKey = compareKeys(a.key, b.key);
    return byKey < 0 || (byKey === 0 && compareCodes(codesOf(a, codes), codesOf(b, codes)) < 0);
  };

  return {
    add(label) {
      const name = nameOf(label);
      const place = places.get(name);
      const known = place === undefined ? null : labels[place];
      if (known && !isBetter(label, known)) return;
      // The worse one is replaced at the end of the list, since this one must not meet its own candidate again.
      if (place !== undefined) labels[place] = null;
      places.set(name, labels.length);
      labels.push(label);
    },
    forEach(_, visit) {
      const before = labels.length;
      let gone = 0;
      for (let place = 0; place < before; place++) {
        const label = labels[place];
        if (!label) {
          gone++;
          continue;
        }
        const fate = visit(label);
        if (fate === 'stop') return;
        if (fate === 'drop' && labels[place] === label) {
          labels[place] = null;
          gone++;
        }
      }
      if (gone > 64 && gone > labels.length / 2) compact();
    },
  };

  function compact(): void {
    labels = labels.filter((label) => label !== null);
    places.clear();
    labels.forEach((label, place) => label && places.set(nameOf(label), place));
  }
}

function codesOf(label: Label, codes: readonly string[]): string[] {
  const found: string[] = [];
  for (let step: Label | null = label; step && step.last >= 0; step = step.before) found.push(codes[step.last] ?? '');
  return found.sort(compareText);
}

/** Residual, packages and size as one number where they fit, else as text. */
function naming(needs: readonly number[]): (label: Label) => number | string {
  const places = needs.reduce((product, need) => product * (need + 1), 1);
  // Sizes and packages are below 1,024 in anything that is searched to the end.
  if (places >= 2 ** 32) return ({ residual, packages, size }) => `${size},${packages},${residual.join(',')}`;
  return ({ residual, packages, size }) => {
    let name = 0;
    for (let row = 0; row < needs.length; row++) name = name * ((needs[row] ?? 0) + 1) + (residual[row] ?? 0);
    return (name * 1_024 + packages) * 1_024 + size;
  };
}
