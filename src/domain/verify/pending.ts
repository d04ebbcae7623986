import type { OrderBooks, Violation } from './books.js';

/** 11: whatever is unfinished has a workflow that runs, and so a timer or a state that a person can see. */
export function checkPending({ workflows }: OrderBooks): Violation[] {
  return [...workflows]
    .filter(([, { isRunning }]) => !isRunning)
    .map(([subject]) => ({
      invariant: 11,
      objects: [subject],
      detail: 'it is unfinished and no workflow runs for it',
      todo: 'Look for it in Temporal: it was terminated, failed, or never began. `oms worker` begins stored orders anew.',
    }));
}
