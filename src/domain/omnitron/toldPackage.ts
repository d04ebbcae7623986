import type { Lifecycle } from '../lifecycle/lifecycle.js';
import type { PackageState } from '../lifecycle/packageLifecycle.js';

/** How far Omnitron is to know of a package. */
export interface ToldPackage {
  readonly number: string;
  /** Of the newest event that was looked at. */
  readonly sequence: number;
  readonly state: PackageState;
  /** The newest state that Omnitron is told; null while there is none. */
  readonly told: PackageState | null;
}

/** What an event says of a package. */
export interface PackageNews {
  readonly number: string;
  readonly sequence: number;
  readonly state: PackageState;
}

/**
 * What is told after an event; the list itself when it brings nothing new, so that an event may come twice. A
 * transition that the brand has switched off leaves what was told before.
 */
export function tellPackage(
  packages: readonly ToldPackage[],
  { number, sequence, state }: PackageNews,
  lifecycle: Lifecycle<PackageState, string>,
): readonly ToldPackage[] {
  const known = packages.find((one) => one.number === number);
  if (known && known.sequence >= sequence) return packages;
  const before = known?.state ?? null;
  const isTold = before === null || before === state || isSynchronised(lifecycle, before, state);
  const told = before === state ? (known?.told ?? null) : isTold ? state : (known?.told ?? null);
  return [...packages.filter((one) => one.number !== number), { number, sequence, state, told }];
}

/** Several commands can lead the same way; it is told unless all of them are switched off. */
function isSynchronised(lifecycle: Lifecycle<PackageState, string>, from: PackageState, to: PackageState): boolean {
  const rows = lifecycle.transitions.filter((row) => row.from.includes(from) && row.to.includes(to));
  return rows.length === 0 || rows.some(({ options }) => options?.syncOmnitron !== false);
}
