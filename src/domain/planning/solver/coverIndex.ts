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
  const common = new Uint32Array(words);

  /** Candidates that hold all of it; false when there is none. */
  function intersect(needs: readonly number[]): void {
    common.fill(0xffffffff);
    for (let row = 0; row < rowCount; row++) {
      const need = needs[row] ?? 0;
      if (need <= 0) continue;
      const holders = levels[row]?.find(({ units }) => units >= need)?.holders;
      if (!holders) return void common.fill(0);
      for (let word = 0; word < words; word++) common[word] = (common[word] ?? 0) & (holders[word] ?? 0);
    }
  }

  return {
    firstHolding(needs, from) {
      intersect(needs);
      for (let word = from >>> 5; word < words; word++) {
        const bits = (common[word] ?? 0) & (word === from >>> 5 ? 0xffffffff << (from & 31) : 0xffffffff);
        if (bits === 0) continue;
        const candidate = word * 32 + 31 - Math.clz32(bits & -bits);
        return candidate < gives.length ? candidate : -1;
      }
      return -1;
    },
    betterThan(candidate, limit) {
      intersect(gives[candidate] ?? []);
      let count = 0;
      for (let word = 0; word <= candidate >>> 5 && count < limit; word++) {
        const mask = word === candidate >>> 5 ? (1 << (candidate & 31)) - 1 : 0xffffffff;
        count += bitsIn((common[word] ?? 0) & mask);
      }
      return Math.min(count, limit);
    },
  };
}

/** One level per distinct number of units, ascending. */
function levelsOf(gives: readonly (readonly number[])[], row: number, words: number): Level[] {
  const distinct = [...new Set(gives.map((of) => of[row] ?? 0))].filter((units) => units > 0).sort((a, b) => a - b);
  const levels = distinct.map((units) => ({ units, holders: new Uint32Array(words) }));
  gives.forEach((of, candidate) => {
    for (const { units, holders } of levels) {
      if ((of[row] ?? 0) < units) break;
      holders[candidate >>> 5] = (holders[candidate >>> 5] ?? 0) | (1 << (candidate & 31));
    }
  });
  return levels;
}

function bitsIn(word: number): number {
  let count = 0;
  for (let bits = word; bits !== 0; bits &= bits - 1) count++;
  return count;
}
