/** Which candidates hold at least so many units of each row, as bit sets in rank order. */
export interface CoverIndex {
  /**
   * The best-ranked candidate that alone gives every row what it needs, at `from` or later; -1 when there
   * is none. Rows that need nothing are not asked.
   */
  readonly firstHolding: (needs: readonly number[], from: number) => number;
  /** How many better-ranked candidates give every row at least as much; counts no further than `limit`. */
  readonly betterThan: (candidate: number, limit: number) => number;
}

interface Level {
  readonly units: number;
  readonly holders: Uint32Array;
}

/** @param gives By candidate, then by row. */
export function createCoverIndex(gives: readonly (readonly number[])[]): CoverIndex {
  const words = Math.ceil(gives.length / 32);
  const rowCount = gives[0]?.length ?? 0;
  const levels = Array.from({ length: rowCount }, (_, row) => levelsOf(gives, row, words));
  const sets: Uint32Array[] = [];

  /** Notes whose sets have in common those that hold all of it; false when nobody holds it. */
  function lookUp(needs: readonly number[]): boolean {
    sets.length = 0;
    for (let row = 0; row < rowCount; row++) {
      const need = needs[row] ?? 0;
      if (need <= 0) continue;
      const holders = holdersOf(levels[row] ?? [], need);
      if (!holders) return false;
      sets.push(holders);
    }
    return true;
  }

  function common(word: number): number {
    let bits = 0xffffffff;
    for (let at = 0; at < sets.length && bits !== 0; at++) bits &= sets[at]?.[word] ?? 0;
    return bits;
  }

  return {
    firstHolding(needs, from) {
      if (!lookUp(needs)) return -1;
      for (let word = from >>> 5; word < words; word++) {
        const bits = common(word) & (word === from >>> 5 ? 0xffffffff << (from & 31) : 0xffffffff);
        if (bits === 0) continue;
        const candidate = word * 32 + 31 - Math.clz32(bits & -bits);
        return candidate < gives.length ? candidate : -1;
      }
      return -1;
    },
    betterThan(candidate, limit) {
      if (!lookUp(gives[candidate] ?? [])) return 0;
      let count = 0;
      for (let word = 0; word <= candidate >>> 5 && count < limit; word++) {
        const mask = word === candidate >>> 5 ? (1 << (candidate & 31)) - 1 : 0xffffffff;
        count += bitsIn(common(word) & mask);
      }
      return Math.min(count, limit);
    },
  };
}

function holdersOf(levels: readonly Level[], need: number): Uint32Array | undefined {
  for (const { units, holders } of levels) if (units >= need) return holders;
  return undefined;
}

/** One level per distinct number of units, ascending. */
function levelsOf(gives: readonly (readonly number[])[], row: number, words: number): Level[] {
  const exact = new Map<number, Uint32Array>();
  gives.forEach((of, candidate) => {
    const units = of[row] ?? 0;
    if (units <= 0) return;
    let holders = exact.get(units);
    if (!holders) exact.set(units, (holders = new Uint32Array(words)));
    holders[candidate >>> 5] = (holders[candidate >>> 5] ?? 0) | (1 << (candidate & 31));
  });
  const levels = [...exact].map(([units, holders]) => ({ units, holders })).sort((a, b) => b.units - a.units);
  // Who holds more holds that much too.
  levels.forEach(({ holders }, at) => {
    const more = levels[at - 1]?.holders;
    for (let word = 0; more && word < words; word++) holders[word] = (holders[word] ?? 0) | (more[word] ?? 0);
  });
  return levels.reverse();
}

function bitsIn(word: number): number {
  let count = 0;
  for (let bits = word; bits !== 0; bits &= bits - 1) count++;
  return count;
}
