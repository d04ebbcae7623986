import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { running } from '../support/running.js';
import { freshDatabase, stack } from '../support/stack.js';
import { startStack } from '../support/startStack.js';
import { openArena, type Arena } from './support/arena.js';
import { play } from './support/play.js';
import { requireBalance } from './support/runSequence.js';

const USAGE = `npm run chaos -- [--minutes 10] [--seed n] [--lanes 10] [--calm]
npm run chaos -- --seed n --path p [--shrink seconds]

Plays sequences of steps against the real system and a model of it, kills its worker meanwhile, and looks in the end
whether the books balance. Exits 1 on anything that is not as it should be, and tells how to play it again.`;

const OPTIONS = {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string' },
  path: { type: 'string' },
  lanes: { type: 'string', default: '10' },
  /** Seconds in which a shorter sequence is looked for that fails as well. */
  shrink: { type: 'string', default: '300' },
  /** Nobody kills the worker but the steps themselves. */
  calm: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** In one round of each lane; the time is looked at between rounds. */
const SEQUENCES_OF_LANE = 2;
const KILL_EVERY_MS = 30_000;
const RESTART_EVERY_MS = 10_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const { path } = values;
  const lanes = path === undefined ? Number(values.lanes) : 1;
  const first = values.seed === undefined ? randomInt(1_000_000_000) : Number(values.seed);
  await startStack();
  const arena = await openArena({
    mongoUri: freshDatabase(),
    temporalAddress: stack.temporalAddress,
    temporalNamespace: stack.temporalNamespace,
    bundle: stack.workflowBundle,
    ...{ lanes, restartEveryMs: RESTART_EVERY_MS },
  });
  const killer = values.calm ? null : setInterval(() => void arena.restartWorker('SIGKILL').catch(fail), KILL_EVERY_MS);
  try {
    const common = { lanes, shrinkMs: Number(values.shrink) * 1_000 };
    if (path !== undefined) await play(arena, { ...common, seed: first, sequences: 1, path });
    else await playFor(arena, { ...common, first, minutes: Number(values.minutes) });
    console.log('Verifying all of it.');
    await requireBalance(arena);
    console.log('Everything is as the model has it, and the books balance.');
  } finally {
    if (killer) clearInterval(killer);
    await arena.close();
    await Promise.all(running.map((server) => server.stop()));
  }
}

interface Round {
  readonly first: number;
  readonly minutes: number;
  readonly lanes: number;
  readonly shrinkMs: number;
}

/** Round after round, each with seeds of its own. */
async function playFor(arena: Arena, { first, minutes, ...common }: Round): Promise<void> {
  const until = Date.now() + minutes * 60_000;
  let played = 0;
  for (let seed = first; Date.now() < until; seed += common.lanes) {
    console.log(`${new Date().toISOString()} seed ${seed}: ${played} sequences played so far`);
    const sequences = SEQUENCES_OF_LANE * common.lanes;
    await play(arena, { ...common, seed, sequences });
    played += sequences;
  }
  console.log(`${played} sequences played`);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

void main().then(
  () => process.exit(),
  (error: unknown) => {
    fail(error);
    process.exit(1);
  },
);
