import fc from 'fast-check';

import type { RetryPolicy } from '../../../src/domain/configuration/integrations.js';
import { maxAttempts, nextDelaySeconds } from '../../../src/domain/webhooks/retrySchedule.js';

const DAY = 86_400;

/** Every delay of a delivery that never succeeds. */
function delays(policy: RetryPolicy, random = 0.5): number[] {
  const all: number[] = [];
  for (let attempts = 1; ; attempts++) {
    const delay = nextDelaySeconds(policy, { attempts, random });
    if (delay === null) return all;
    all.push(delay);
  }
}

const anyPolicy: fc.Arbitrary<RetryPolicy> = fc.record(
  {
    strategy: fc.constantFrom('standard', 'fixed', 'linear', 'exponential', 'random'),
    delaySeconds: fc.double({ min: 0.1, max: 30 * DAY, noNaN: true }),
    maxDelaySeconds: fc.double({ min: 0.1, max: 30 * DAY, noNaN: true }),
    maxAttempts: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ['strategy'] },
);
const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the retry schedule', () => {
  test('standard is that of Standard Webhooks: ten attempts over 75 h 35 min', () => {
    const standard = delays({ strategy: 'standard' });

    expect(standard).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(standard.reduce((sum, delay) => sum + delay, 0)).toBe(75 * 3_600 + 35 * 60 + 5);
  });

  test.each<[string, RetryPolicy, number[]]>([
    ['standard with fewer attempts', { strategy: 'standard', maxAttempts: 3 }, [5, 300]],
    ['one attempt only', { strategy: 'fixed', maxAttempts: 1 }, []],
    ['fixed', { strategy: 'fixed', delaySeconds: 10, maxAttempts: 4 }, [10, 10, 10]],
    ['linear', { strategy: 'linear', delaySeconds: 10, maxAttempts: 4 }, [10, 20, 30]],
    [
      'linear with a cap',
      { strategy: 'linear', delaySeconds: 10, maxDelaySeconds: 25, maxAttempts: 5 },
      [10, 20, 25, 25],
    ],
    ['exponential', { strategy: 'exponential', delaySeconds: 1, maxAttempts: 5 }, [1, 2, 4, 8]],
    [
      'exponential with a cap',
      { strategy: 'exponential', delaySeconds: 1, maxDelaySeconds: 5, maxAttempts: 5 },
      [1, 2, 4, 5],
    ],
    ['random', { strategy: 'random', delaySeconds: 10, maxDelaySeconds: 30, maxAttempts: 3 }, [20, 20]],
  ])('%s', (_name, policy, expected) => {
    expect(delays(policy)).toEqual(expected);
  });

  test('more attempts than the standard has come daily', () => {
    expect(delays({ strategy: 'standard', maxAttempts: 12 }).slice(-3)).toEqual([DAY, DAY, DAY]);
  });

  test.each([
    ['later than ours', 60, 60],
    ['sooner than ours', 1, 5],
    ['more than a day', 10 * DAY, DAY],
  ])('a Retry-After that is %s', (_what, retryAfterSeconds, expected) => {
    expect(nextDelaySeconds({ strategy: 'standard' }, { attempts: 1, retryAfterSeconds, random: 0.5 })).toBe(expected);
  });

  test('no Retry-After gives an attempt more than there are', () => {
    expect(nextDelaySeconds({ strategy: 'standard' }, { attempts: 10, retryAfterSeconds: 1, random: 0 })).toBeNull();
  });

  test('makes exactly as many attempts as the policy says', () => {
    fc.assert(
      fc.property(anyPolicy, anyRandom, (policy, random) => {
        expect(delays(policy, random)).toHaveLength(maxAttempts(policy) - 1);
      }),
    );
  });

  test('never waits less than nothing, nor longer than the cap, nor longer than a day where there is none', () => {
    fc.assert(
      fc.property(anyPolicy, anyRandom, (policy, random) => {
        for (const delay of delays(policy, random)) {
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(policy.maxDelaySeconds ?? DAY);
        }
      }),
    );
  });

  test('never comes back sooner than it did before, but for the random strategy', () => {
    const growing = anyPolicy.filter(({ strategy }) => strategy !== 'random');
    fc.assert(
      fc.property(growing, anyRandom, (policy, random) => {
        const all = delays(policy, random);
        expect(all).toEqual([...all].sort((a, b) => a - b));
      }),
    );
  });

  test('stays within a fifth of what is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), anyRandom, (attempts, random) => {
        const written = nextDelaySeconds({ strategy: 'standard' }, { attempts, random: 0.5 }) ?? 0;
        const delay = nextDelaySeconds({ strategy: 'standard' }, { attempts, random }) ?? 0;
        expect(Math.abs(delay - written)).toBeLessThanOrEqual(written * 0.2 + 1e-9);
      }),
    );
  });
});
