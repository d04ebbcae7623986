import type { RankKey } from '../rank.js';

/** A line as one rule sees it. Lines are sorted by id. */
export interface ProblemLine {
  readonly id: string;
  /** Index into `skus`. */
  readonly sku: number;
  readonly quantity: number;
  /** Minor units per piece. */
  readonly price: number;
  readonly group: string | null;
}

/** A location that may take part. Candidates are sorted by rank, best first, then by code. */
export interface Candidate {
  readonly code: string;
  readonly key: RankKey;
  /** An earlier rule opened a package here: it counts as no further package. */
  readonly isOpen: boolean;
  /** Units by SKU. */
  readonly available: readonly number[];
  /** By line, true where the location refused it; null when it refused none. */
  readonly refuses: readonly boolean[] | null;
}

/** What one rule has to decide, freed of everything that filters and expressions have settled. */
export interface Problem {
  readonly lines: readonly ProblemLine[];
  readonly skus: readonly string[];
  readonly candidates: readonly Candidate[];
  /** `single` and `fewest` place every unit or nothing. */
  readonly mustPlaceAll: boolean;
  readonly maxPackages: number;
  /** Minor units; 0 when the rule sets none. */
  readonly minPackageValue: number;
  readonly allowLineSplit: boolean;
  /** Candidates that a plan must not have all of, ascending; empty where any may be combined. */
  readonly notAllOf: readonly number[];
}

/** Units by chosen candidate, then by line. */
export type Allocation = readonly (readonly number[])[];

/** A plan that the rule's limits allow. `chosen` are indices of candidates, ascending: in rank order. */
export interface Solution {
  readonly chosen: readonly number[];
  readonly allocation: Allocation;
  readonly units: number;
  /** Packages beyond those that are open already. */
  readonly packages: number;
  readonly key: RankKey;
}

/** `isProven`: nothing better exists. Otherwise no plan has more than `bound.units` or, with as many, fewer packages. */
export interface Answer {
  readonly solution: Solution | null;
  readonly isProven: boolean;
  readonly bound: { readonly units: number; readonly packages: number } | null;
}
