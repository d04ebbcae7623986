import type { Caller } from './caller.js';

/** Codes of the locations that a list is about: those asked for that the caller may see; undefined when nothing limits them. */
export function visibleLocations({ locations }: Caller, asked: string | undefined): readonly string[] | undefined {
  if (asked === undefined) return locations ?? undefined;
  return locations === null || locations.includes(asked) ? [asked] : [];
}
