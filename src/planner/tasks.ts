import { plan, type PlanOptions } from '../domain/planning/plan.js';
import type { PlanInput, PlanResult } from '../domain/planning/planCase.js';
import { fingerprint } from '../platform/fingerprint.js';

/** Work of a planning thread: pure, on one case. Options and answer must be plain data. */
type Task = (input: PlanInput, options: never) => object;

export interface HashedPlan {
  readonly answer: PlanResult;
  /** Fingerprint of the case with its options: of all that the answer depends on. */
  readonly inputHash: string;
}

/** What the threads can do. A further task is a further line here. */
export const TASKS = {
  plan: (input: PlanInput, options: PlanOptions): PlanResult => plan(input, options),
  planHashed: (input: PlanInput, options: PlanOptions): HashedPlan => ({
    answer: plan(input, options),
    inputHash: fingerprint({ ...input, ...options }),
  }),
} as const satisfies Record<string, Task>;

export type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
