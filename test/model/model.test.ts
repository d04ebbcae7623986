import { temporalOptions } from '../support/serverOptions.js';
import { freshDatabase, stack } from '../support/stack.js';
import { startTemporal } from '../../src/local/servers/startTemporal.js';
import { openArena, type Arena } from './support/arena.js';
import { play } from './support/play.js';
import { requireCommonBalance } from './support/runSequence.js';

/** `npm run chaos` plays others, and more of them. */
const SEED = 20_261_128;
/** Fewer for a quick look. */
const SEQUENCES = Number(process.env['OMS_MODEL_SEQUENCES'] ?? 300);
const LANES = 10;
/** A shorter sequence that fails as well is looked for so long. */
const SHRINK_MS = 120_000;

let temporal: Awaited<ReturnType<typeof startTemporal>>;
let arena: Arena;

beforeAll(async () => {
  // A server of its own: nobody else works off the task queue of production there.
  temporal = await startTemporal(temporalOptions());
  arena = await openArena({
    mongoUri: freshDatabase(),
    temporalAddress: temporal.address,
    temporalNamespace: 'oms',
    bundle: stack.workflowBundle,
    lanes: LANES,
    restartEveryMs: 60_000,
  });
}, 60_000);

afterAll(async () => {
  await arena.close();
  await temporal.stop();
});

test(`${SEQUENCES} sequences of 30 steps each: the system does what the model does, and the books balance`, async () => {
  await play(arena, { seed: SEED, sequences: SEQUENCES, lanes: LANES, shrinkMs: SHRINK_MS });
  await requireCommonBalance(arena);
}, 1_800_000);
