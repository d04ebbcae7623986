import { plan, type PlanOptions } from '../domain/planning/plan.js';
import type { PlanInput, PlanResult } from '../domain/planning/planCase.js';
import { bringTo, type BringOptions, type Brought } from '../domain/planning/transfers/bringTo.js';
import { whyNot, type WhyNot } from '../domain/planning/whyNot/whyNot.js';
import { fingerprint } from '../platform/fingerprint.js';

/** Work of a planning thread: pure, on one case. Options and answer must be plain data. */
type Task = (input: PlanInput, options: never) => object;

export interface HashedPlan {
  readonly answer: PlanResult;
  /** Fingerprint of the case with its options: of all that the answer depends on. */
  readonly inputHash: string;
}

export interface WhyNotQuestion {
  readonly location: string;
  /** Of each plan that is tried. */
  readonly budgetMs: number;
  /** After which no further plan is begun. */
  readonly withinMs: number;
}

/** What the threads can do. A further task is a further line here. */
export const TASKS = {
  plan: (input: PlanInput, options: PlanOptions): PlanResult => plan(input, options),
  planHashed: (input: PlanInput, options: PlanOptions): HashedPlan => ({
    answer: plan(input, options),
    inputHash: fingerprint({ ...input, ...options }),
  }),
  bringTo: (input: PlanInput, options: BringOptions): Brought => bringTo(input, options),
  whyNot: (input: PlanInput, { location, budgetMs, withinMs }: WhyNotQuestion): WhyNot => {
    const end = performance.now() + withinMs;
    return whyNot(input, location, { budgetMs, isLate: () => performance.now() > end });
  },
} as const satisfies Record<string, Task>;

export type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
