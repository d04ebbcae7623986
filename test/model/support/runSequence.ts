import { Readable } from 'node:stream';

import { targets, type Target } from '../../../src/cli/verify/targets.js';
import { lookAtOrder } from '../../../src/cli/verify/lookAtOrder.js';
import { verify } from '../../../src/cli/verify/verify.js';
import { checkQuota } from '../../../src/domain/verify/quota.js';
import { checkStock } from '../../../src/domain/verify/stock.js';
import type { Violation } from '../../../src/domain/verify/books.js';
import { locationsOf, type Arena } from './arena.js';
import { Stage } from './stage.js';
import type { Sequence } from './steps.js';
import { takeStep } from './takeStep.js';

/** Reservations follow their items within this time, says the specification. */
const GRACE_MS = 60_000;

let sequences = 0;

/**
 * Plays a sequence against the real system and against the model, and compares them. In the end the books of
 * everything that it touched balance.
 *
 * @throws {Error} tells what was done so far and what is not as the model has it.
 */
export async function runSequence(arena: Arena, lane: number, { stock, steps }: Sequence): Promise<void> {
  const stage = new Stage(arena, `m${(sequences++).toString(36)}`, locationsOf(lane));
  try {
    stage.fill(stock);
    for (const step of steps) {
      await stage.settleMoving();
      await takeStep(stage, step);
    }
    await stage.settleAll();
    requireNone(await verify(Readable.from(touched(arena, stage)), { graceMs: GRACE_MS, tell: () => undefined }));
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`${stage.story.join('\n')}\n${why}`, { cause: error });
  } finally {
    await stage.leave();
  }
}

/** The whole system balances, as `oms verify` sees it. */
export async function requireBalance(arena: Arena): Promise<void> {
  requireNone(await verify(targets(dependenciesOf(arena)), { graceMs: GRACE_MS, tell: () => undefined }));
}

/** The same without the orders, which have been looked at one by one, each after its sequence. */
export async function requireCommonBalance(arena: Arena): Promise<void> {
  const common = commonTargets(targets(dependenciesOf(arena)));
  requireNone(await verify(common, { graceMs: GRACE_MS, tell: () => undefined }));
}

async function* commonTargets(all: AsyncIterable<Target>): AsyncGenerator<Target> {
  for await (const target of all) if (!target.name.startsWith('order/')) yield target;
}

function requireNone({ violations }: { readonly violations: readonly Violation[] }): void {
  if (violations.length === 0) return;
  throw new Error(
    violations.map((one) => `invariant ${one.invariant}: ${one.objects.join(' ')}: ${one.detail}`).join('\n'),
  );
}

const dependenciesOf = ({ records, workflows, configuration, verification }: Arena) => {
  return {
    records,
    workflows,
    verification,
    webhookEndpoints: configuration.webhookEndpoints,
    lifecycles: configuration.lifecycles,
  };
};

/** What one sequence touched. */
function touched(arena: Arena, { orders, skus, locations }: Stage): Target[] {
  const { verification } = arena;
  return [
    ...[...orders.keys()].map((number) => ({
      name: `order/${number}`,
      look: () => lookAtOrder(dependenciesOf(arena), number),
    })),
    ...locations.map((location) => ({
      name: `location/${location}`,
      look: async () => checkQuota(await verification.quota(location)),
    })),
    ...locations.flatMap((location) =>
      skus.map((sku) => ({ name: `stock/${location}|${sku}`, look: () => lookAtStock(arena, location, sku) })),
    ),
  ];
}

async function lookAtStock({ verification }: Arena, location: string, sku: string): Promise<Violation[]> {
  const books = await verification.stock(`${location}|${sku}`);
  return books ? checkStock(books) : [];
}
