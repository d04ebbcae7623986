import { count, list } from '../text/words.js';
import type { Change } from './change.js';

/** The changes as one sentence that begins with the location. */
export const sentenceOf = (location: string, changes: readonly Change[]): string =>
  `${location} would have been chosen with ${phraseOf(changes)}.`;

/** The changes as a part of a sentence. */
export const phraseOf = (changes: readonly Change[]): string => list(changes.map(phrase), Infinity);

const FILTER = {
  include: 'it named by rule',
  exclude: 'it not excluded by rule',
  types: 'no limit on types in rule',
  tagsAny: 'no limit on tags in rule',
  sameAs: 'no limit on the area in rule',
  withinKm: 'no limit on the distance in rule',
  roles: 'no further roles asked for by rule',
} as const;

function phrase(change: Change): string {
  switch (change.kind) {
    case 'stock':
      return `${change.more} more of ${change.sku}`;
    case 'active':
      return 'the location active';
    case 'role':
      return `the role ${change.role}`;
    case 'quota':
      return `a quota of ${count(change.to, 'package')} instead of ${change.from}`;
    case 'refusal':
      return `line ${change.line} not refused`;
    case 'discrepancy':
      return `${change.sku} not reported as missing`;
    case 'open':
      return 'the location open for packing';
    case 'priority':
      return `priority ${change.to} instead of ${change.from}`;
    case 'distance':
      return `a distance of at most ${change.toKm} km instead of ${change.fromKm} km`;
    case 'filter':
      return `${FILTER[change.part]} "${change.rule}"`;
  }
}
