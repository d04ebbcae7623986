import type { Instant } from '../order/order.js';
import type { ToldPackage } from './toldPackage.js';

/** How the report of one line came out. */
export interface LineOutcome {
  readonly line: string;
  /**
   * `reported`: Omnitron holds what it should; `waiting`: there is nothing to tell yet; `refused`: Omnitron did not
   * take it; `drift`: the item stands where we must not move it.
   */
  readonly outcome: 'reported' | 'waiting' | 'refused' | 'drift';
  /** Omnitron's status of the item. */
  readonly status: string | null;
  readonly detail: string | null;
}

/** What Omnitron was told of an order and what is still due. */
export interface OrderReport {
  readonly number: string;
  /** Counts up with every event that brings something new. */
  readonly revision: number;
  readonly packages: readonly ToldPackage[];
  /** When it is due; null when everything is told. */
  readonly dueAt: Instant | null;
  readonly attempts: number;
  /** Why the last attempt did not get through. */
  readonly failure: { readonly at: Instant; readonly detail: string } | null;
  readonly lines: readonly LineOutcome[];
  /** When it was last told completely. */
  readonly reportedAt: Instant | null;
}

export const REPORT_STATES = ['reported', 'due', 'failing', 'refused', 'drift'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** The one word for people: the worst of it. */
export function reportState({ dueAt, failure, lines }: OrderReport): ReportState {
  if (failure !== null) return 'failing';
  if (dueAt !== null) return 'due';
  if (lines.some(({ outcome }) => outcome === 'refused')) return 'refused';
  return lines.some(({ outcome }) => outcome === 'drift') ? 'drift' : 'reported';
}

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 600_000;

/** How long to wait after so many attempts in vain. */
export const retryDelayMs = (attempts: number): number =>
  Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20));
