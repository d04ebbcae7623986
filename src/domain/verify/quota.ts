import type { Violation } from './books.js';

/** The counter of a location, and the packages that are open there. */
export interface QuotaBooks {
  readonly location: string;
  readonly open: number;
  readonly counted: readonly string[];
  /** Numbers of the packages that occupy the quota by their state. */
  readonly packages: readonly string[];
  /** Numbers of packages whose plan is being carried out. */
  readonly planned: ReadonlySet<string>;
}

/** 6: the counter is the number of open packages, and names them. */
export function checkQuota({ location, open, counted, packages, planned }: QuotaBooks): Violation[] {
  const missing = packages.filter((number) => !counted.includes(number));
  const extra = counted.filter((number) => !packages.includes(number) && !planned.has(number));
  if (open === counted.length && missing.length === 0 && extra.length === 0) return [];
  const faults = [
    ...(open === counted.length ? [] : [`the counter is ${open} for ${counted.length} packages`]),
    ...(missing.length > 0 ? [`not counted: ${missing.slice(0, 10).join(', ')}`] : []),
    ...(extra.length > 0 ? [`counted and not open: ${extra.slice(0, 10).join(', ')}`] : []),
  ];
  return [
    {
      invariant: 6,
      objects: [`location/${location}`],
      detail: faults.join('; '),
      todo: 'Rules with a quota see the wrong number. Correct `open` and `packages` of the document by hand.',
    },
  ];
}
