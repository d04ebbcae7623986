import type { LocationFilter } from '../configuration/scenario.js';
import type { Address } from '../order/order.js';

/** From coarse to fine; a level stands for itself and all before it. */
const LEVELS = ['country', 'state', 'district', 'neighbourhood'] as const;

/** Whether two addresses agree on the level and all coarser ones. What is missing or blank is never the same. */
export function isSameArea(
  level: NonNullable<LocationFilter['sameAs']>,
  one: Partial<Address> | undefined,
  other: Partial<Address> | undefined,
): boolean {
  return LEVELS.slice(0, LEVELS.indexOf(level) + 1).every((name) => {
    const a = fold(one?.[name] ?? '');
    return a !== '' && a === fold(other?.[name] ?? '');
  });
}

/**
 * Spelling that does not matter: surrounding space, composition, case. I, İ, ı and i are one letter, since
 * Turkish names are written by systems that lower-case by either rule.
 */
function fold(name: string): string {
  return name
    .trim()
    .normalize('NFC')
    .replace(/[Iİı]/g, 'i')
    .toLowerCase()
    .replace(/i\u0307/g, 'i')
    .normalize('NFC');
}
