import { sleep } from '@temporalio/workflow';

/** For the test of time skipping: a month passes. */
export async function month(): Promise<string> {
  await sleep('30 days');
  return 'slept';
}
