import fc, { type RunDetails } from 'fast-check';

import type { Arena } from './arena.js';
import { runSequence } from './runSequence.js';
import { sequence, type Sequence } from './steps.js';

export interface PlayOptions {
  /** Of the first lane; the others count on from it. */
  readonly seed: number;
  /** All lanes together. */
  readonly sequences: number;
  readonly lanes: number;
  /** Plays this one again, and nothing else. */
  readonly path?: string;
  /** How long to look for a shorter sequence that fails as well. */
  readonly shrinkMs: number;
  readonly tell?: (played: number) => void;
}

/**
 * Plays sequences in lanes side by side.
 *
 * @throws {Error} with the seed and the path of a sequence that failed, shrunk as far as time allowed.
 */
export async function play(arena: Arena, { seed, sequences, lanes, path, shrinkMs, tell }: PlayOptions): Promise<void> {
  let played = 0;
  let hasFailed = false;
  const lane = async (index: number): Promise<void> => {
    const numRuns = path === undefined ? Math.ceil((sequences - index) / lanes) : 1;
    if (numRuns <= 0) return;
    let failedAt = 0;
    const property = fc.asyncProperty(sequence, async (given) => {
      // One failure is enough, and what fails is looked at alone.
      if (hasFailed && failedAt === 0) return;
      if (failedAt > 0 && Date.now() - failedAt > shrinkMs) return;
      try {
        await runSequence(arena, index, given);
        tell?.(++played);
      } catch (error) {
        hasFailed = true;
        failedAt ||= Date.now();
        throw error;
      }
    });
    const details = await fc.check(property, { seed: seed + index, numRuns, ...(path !== undefined && { path }) });
    if (details.failed) throw new Error(report(details, lanes));
  };
  const all = path === undefined ? Array.from({ length: lanes }, (_, index) => index) : [0];
  const outcomes = await Promise.allSettled(all.map(lane));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

function report(
  { seed, counterexamplePath, counterexample, errorInstance, numShrinks }: RunDetails<[Sequence]>,
  lanes: number,
): string {
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const steps = counterexample?.[0].steps.filter(({ kind }) => kind !== 'pause') ?? [];
  return [
    `A sequence went otherwise than the model (shrunk ${numShrinks} times, ${lanes} lanes). Play it again:`,
    `  npm run chaos -- --seed ${seed} --path ${counterexamplePath ?? ''}`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
    'It went like this:',
    why,
  ].join('\n');
}
