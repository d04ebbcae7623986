import { compareText } from '../compareText.js';
import { addKeys, compareKeys, type RankKey } from '../rank.js';
import { compareCodes } from './compareSolutions.js';
import type { Cover } from './cover.js';

/** Of two coverings with as many packages: the smaller sum of ranks, then the smaller codes. Negative: `a`. */
export function comparePreference(cover: Cover, a: readonly number[], b: readonly number[]): number {
  return compareKeys(keyOf(cover, a), keyOf(cover, b)) || compareCodes(codesOf(cover, a), codesOf(cover, b));
}

function keyOf({ keys }: Cover, chosen: readonly number[]): RankKey {
  return chosen.map((at) => keys[at] ?? []).reduce(addKeys, keys[0]?.map(() => 0) ?? []);
}

const codesOf = ({ codes }: Cover, chosen: readonly number[]) => chosen.map((at) => codes[at] ?? '').sort(compareText);
