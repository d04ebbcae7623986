/** Sums over the opened locations, criterion by criterion; null where a value is missing. */
export type PrintedRank = readonly (number | null)[];

export interface PlanObjective {
  readonly units: number;
  readonly packages: number;
  readonly transfers: number;
  /** Of the last rule that placed something; kilometres, hours and shares, negated for `desc`. */
  readonly rank: PrintedRank;
}
