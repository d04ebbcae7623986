import { readFileSync } from 'node:fs';

import { InvalidArgumentError, type Command } from 'commander';

import { OmsError } from '../../platform/errors.js';
import { readConfig, type Config } from '../../platform/config.js';
import { createVerification } from '../../store/verification.js';
import type { Violation } from '../../domain/verify/books.js';
import { accessFile } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print } from '../output.js';
import type { Addresses } from '../runtime.js';

interface Options {
  readonly json?: boolean;
  readonly repair?: boolean;
  readonly grace: number;
}

/** `oms verify`: whether the books balance, read from MongoDB and Temporal themselves while everything runs. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check every order, package and transfer, the books of stock and the event log; exit 1 on any fault')
    .option('--repair', 'repair what is safe to repair: orphaned reservations, records that lag behind their workflow')
    .option('--grace <seconds>', 'how long something may look wrong before it is reported', seconds, 60)
    .option('--json', 'JSON instead of a table')
    .action(run);
}

async function run({ json, repair: repairs, grace }: Options): Promise<void> {
  const config = readConfig();
  // Help and lists need neither driver.
  const [{ addressesOf, openRuntime }, { targets }, { verify }, { repair }] = await Promise.all([
    import('../runtime.js'),
    import('../verify/targets.js'),
    import('../verify/verify.js'),
    import('../verify/repair.js'),
  ]);
  const runtime = await openRuntime(config, besideDev(config) ?? addressesOf(config));
  try {
    const { records, configuration, workflowStates: workflows } = runtime;
    const { webhookEndpoints, lifecycles } = configuration;
    const dependencies = {
      records,
      workflows,
      webhookEndpoints,
      lifecycles,
      verification: createVerification(records),
    };
    const tell = (progress: string) => void process.stderr.write(`${progress}\n`);
    const found = await verify(targets(dependencies), { graceMs: grace * 1_000, tell });
    const repaired = new Set<Violation>();
    for (const violation of repairs ? found.violations : []) {
      if (await repair({ records, workflows, now: () => new Date() }, violation)) repaired.add(violation);
    }
    show(found, repaired, json ?? false);
    const left = found.violations.length - repaired.size;
    if (left > 0) throw new Refused(`${left} violations${found.isComplete ? '' : ', and there may be more'}`);
  } catch (error) {
    throw error instanceof OmsError ? new Refused(error.detail) : error;
  } finally {
    await runtime.close();
  }
}

function show(
  { looked, violations, isComplete }: { looked: number; violations: readonly Violation[]; isComplete: boolean },
  repaired: ReadonlySet<Violation>,
  json: boolean,
): void {
  const rows = violations.map((violation) => {
    const { repair: _, ...shown } = violation;
    return { ...shown, isRepaired: repaired.has(violation) };
  });
  if (json) return console.log(JSON.stringify({ looked, isComplete, violations: rows }, null, 2));
  if (rows.length === 0) return console.log(`Everything balances: ${looked} things looked at.`);
  print(
    rows,
    [
      { heading: 'invariant', value: ({ invariant }) => invariant },
      { heading: 'about', value: ({ objects }) => objects.join(' ') },
      { heading: 'what', value: ({ detail }) => detail },
      { heading: 'to do', value: ({ isRepaired, todo }) => (isRepaired ? 'repaired' : todo) },
    ],
    {},
  );
}

/** The servers of an `oms dev` on this machine, unless others are named. */
function besideDev({ MONGODB_URI: uri, TEMPORAL_ADDRESS: address, OMS_DATA_DIR: dataDir }: Config): Addresses | null {
  if (uri !== undefined || address !== undefined) return null;
  try {
    const { mongoUri, temporalAddress } = JSON.parse(readFileSync(accessFile(dataDir), 'utf8')) as Partial<Addresses>;
    return mongoUri === undefined || temporalAddress === undefined ? null : { mongoUri, temporalAddress };
  } catch {
    return null;
  }
}

function seconds(given: string): number {
  if (/^\d{1,5}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('must be a number of seconds');
}
