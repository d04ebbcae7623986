import { join } from 'node:path';

import fc from 'fast-check';

import { plan } from '../../../src/domain/planning/plan.js';
import type { PlanInput } from '../../../src/domain/planning/planCase.js';
import { createPlanner, type Planner } from '../../../src/planner/planner.js';
import { fingerprint } from '../../../src/platform/fingerprint.js';
import { anyCase } from '../../planning/support/anyCase.js';
import { PLAN_THREAD } from '../../support/planThread.js';

const inputs: readonly PlanInput[] = fc.sample(anyCase, { numRuns: 20, seed: 7 });
const input = inputs[0] as PlanInput;
const options = { budgetMs: 1_000 };

describe('planning in a thread', () => {
  const planner = createPlanner({ threads: 1, thread: PLAN_THREAD });
  afterAll(() => planner.close());

  test('gives byte for byte what the function gives', async () => {
    const answers = await Promise.all(inputs.map((one) => planner.plan(one, options)));

    expect(JSON.stringify(answers)).toBe(JSON.stringify(inputs.map((one) => plan(one, options))));
  });

  test('brings the fingerprint of the case along', async () => {
    const { answer, inputHash } = await planner.planHashed(input, options);

    expect(answer).toEqual(plan(input, options));
    expect(inputHash).toBe(fingerprint({ ...input, ...options }));
  });

  test('lets the event loop go on meanwhile', async () => {
    // One thread, so one plan after the other: a single one may be back before this thread is run again.
    const first = await Promise.race([
      Promise.all(inputs.map((one) => planner.plan(one, options))).then(() => 'the plans'),
      new Promise((resolve) => setImmediate(resolve, 'the event loop')),
    ]);

    expect(first).toBe('the event loop');
  });
});

describe('a thread in trouble', () => {
  let planner: Planner;
  beforeEach(
    () =>
      (planner = createPlanner({ threads: 1, thread: join(import.meta.dirname, 'troubledThread.cjs'), maxHeapMb: 40 })),
  );
  afterEach(() => planner.close());

  const trouble = (kind: string) => planner.plan(input, { ...options, trouble: kind } as typeof options);

  test('refused by the task: the same error arrives', async () => {
    await expect(trouble('refusal')).rejects.toMatchObject({
      code: 'request.unprocessable',
      options: { errors: [{ pointer: '/at', detail: 'no' }] },
    });
  });

  test('a bug in the task: the error arrives as it is', async () => {
    await expect(trouble('bug')).rejects.toMatchObject({ name: 'TypeError', message: 'lines is not iterable' });
  });

  test.each(['exit', 'memory'])(
    'ended by %s: the planner is unavailable, and the next plan has a new thread',
    async (kind) => {
      await expect(trouble(kind)).rejects.toMatchObject({ code: 'service.unavailable' });
      await expect(trouble('refusal')).rejects.toMatchObject({ code: 'request.unprocessable' });
    },
  );

  test('that cannot start: the planner is unavailable', async () => {
    const onThreadError = jest.fn();
    const broken = createPlanner({ threads: 1, thread: join(import.meta.dirname, 'no-such-file.cjs'), onThreadError });

    await expect(broken.plan(input, options)).rejects.toMatchObject({ code: 'service.unavailable' });

    expect(onThreadError).toHaveBeenCalledTimes(1);
    await broken.close();
  });

  test('closed while it plans: the planner is unavailable', async () => {
    const pending = trouble('refusal');
    const outcome = expect(pending).rejects.toMatchObject({ code: 'service.unavailable' });
    await planner.close();

    await outcome;
  });
});
