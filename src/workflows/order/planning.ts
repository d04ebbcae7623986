import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';

import type { PlanningOutcome } from '../../activities/planning/request.js';
import type { Units } from '../../domain/order/order.js';
import type { PackageDraft } from '../../domain/package/package.js';
import { persist, stock, stockOnce } from '../activities.js';
import { isLongRun } from '../carryingOn.js';
import { packageWorkflowId, replannedSignal, SEARCH_ATTRIBUTES, type PackageOutcome } from '../messages.js';
import { tell } from '../tell.js';
import type { packagingWorkflow } from '../packaging.js';
import type { Demand } from './demands.js';
import type { OrderProcess } from './process.js';

/** First delay of the stock inquiry's back-off; the activity takes over from there. */
const FIRST_RETRY_MS = 1_000;

/**
 * Finds places for the first demand: ask for stock, plan and reserve, begin the packages. A lost
 * reservation race asks and plans again, some times, and then parks.
 */
export async function planNext(order: OrderProcess): Promise<void> {
  const { first: demand } = order.demands;
  if (!demand) return;
  const settings = order.record.decisions === 0 ? null : await persist('orderSettings');
  if (demand.replaces !== null && !demand.isRetry && settings?.clickAndCollectRefusal === 'manual') {
    if (order.order.delivery.type === 'click_and_collect') return leaveToPerson(order, demand);
  }
  const { wakes } = order;
  const outcome = await findPlaces(order, demand);
  if (outcome === 'overtaken') return;
  order.memory.retryParkedAfterMs = outcome.settings.outOfStockRetryMs;
  if (outcome.outcome === 'no_scenario') {
    if (order.wakes !== wakes) return;
    order.memory.heldBy = 'no_scenario';
    return order.wait('no_scenario', 'No published scenario applies to this order', null);
  }
  // Nothing could be placed: the parked package stays the one that it is.
  if (demand.isRetry && outcome.outcome === 'parked') return order.drop(demand);
  if (await takeOver(order, demand, outcome.packages)) await begin(order, outcome);
  // The package was cancelled while its units were planned again: what was taken for them goes back.
  else await persist('abandonPlan', { order: order.order.number, n: order.record.decisions });
  order.drop(demand);
}

/**
 * The package gives its units up before others get them, so that no unit is ever in two packages.
 *
 * @returns false when it ended otherwise meanwhile.
 */
export async function takeOver(
  order: OrderProcess,
  { replaces, goesOn }: Pick<Demand, 'replaces' | 'goesOn'>,
  packages: readonly PackageDraft[],
  isByHand = false,
): Promise<boolean> {
  if (replaces === null || goesOn) return true;
  const replacedBy = packages.map(({ number }) => number);
  await tell(packageWorkflowId(replaces), replannedSignal, { replacedBy, cancellation: null, isByHand });
  await condition(() => !order.isOpen(replaces));
  return order.memory.givenBack.includes(replaces);
}

type Placed = PlanningOutcome & { readonly outcome: Exclude<PlanningOutcome['outcome'], 'conflict'> };

async function findPlaces(order: OrderProcess, demand: Demand): Promise<Placed | 'overtaken'> {
  for (let attempt = 1; ; attempt++) {
    const n = order.record.decisions + 1;
    if ((await inquire(order, demand.units, n)) === 'overtaken') return 'overtaken';
    const planned = await persist('planOrder', {
      order: order.order.number,
      n,
      attempt,
      units: demand.units,
      exclusions: order.memory.exclusions,
      replaces: demand.replaces,
      firstPackage: order.record.packageCount + 1,
      at: Date.now(),
    });
    order.record = { ...order.record, decisions: n };
    const { outcome } = planned;
    if (outcome !== 'conflict') return { ...planned, outcome };
  }
}

/** Asks for stock until it is answered; meanwhile the order shows that it waits and can be cancelled. */
export async function inquire(order: OrderProcess, units: Units, n: number): Promise<'answered' | 'overtaken'> {
  const skus = [...new Set(order.order.lines.filter(({ id }) => id in units).map(({ sku }) => sku))];
  const inquiry = { order: order.order.number, n, skus };
  const isOvertaken = () => order.atRest.isWanted;
  if (order.record.waiting?.reason !== 'stock_unavailable') {
    try {
      return await unless(isOvertaken, () => stockOnce.inquireStock(inquiry));
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      await order.wait('stock_unavailable', error.cause?.message ?? 'The stock service did not answer', FIRST_RETRY_MS);
    }
  }
  // That may take days, so the next run goes on with it.
  return unless(
    () => isOvertaken() || isLongRun(order.input),
    () => stock.inquireStock(inquiry),
  );
}

async function unless(isOvertaken: () => boolean, work: () => Promise<unknown>): Promise<'answered' | 'overtaken'> {
  const scope = new CancellationScope();
  const working = scope.run(work);
  const watching = condition(isOvertaken).then(() => scope.cancel());
  watching.catch(() => undefined);
  try {
    await working;
    return 'answered';
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return 'overtaken';
  }
}

/** Records the plan and begins its packages. */
export async function begin(
  order: OrderProcess,
  outcome: Pick<Placed, 'outcome' | 'packages' | 'scenario'>,
): Promise<void> {
  for (const { number, items, state, transfers } of outcome.packages) {
    order.memory.open[number] = {
      items,
      isParked: state === 'out_of_stock',
      transfers: transfers.length,
      tellsItsEnd: false,
    };
  }
  const waiting = outcome.outcome === 'contention' ? contention(order) : null;
  await order.write(
    {
      state: order.presentState,
      waiting,
      scenario: outcome.scenario,
      packageCount: order.record.packageCount + outcome.packages.length,
    },
    ['order.planned'],
    outcome.packages,
  );
  await Promise.all(outcome.packages.map((draft) => beginPackage(order, draft)));
}

async function beginPackage(order: OrderProcess, draft: PackageDraft): Promise<void> {
  const { number, channel } = order.order;
  const { continueAfterEvents } = order.input;
  const child = await startChild<typeof packagingWorkflow>('packagingWorkflow', {
    workflowId: packageWorkflowId(draft.number),
    args: [{ ...draft, channel, ...(continueAfterEvents !== undefined && { continueAfterEvents }) }],
    // A package outlives its order's run: goods are on their way whatever becomes of the order.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `${draft.number} at ${draft.location}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.order, value: number },
      { key: SEARCH_ATTRIBUTES.state, value: draft.state },
      { key: SEARCH_ATTRIBUTES.location, value: draft.location },
      { key: SEARCH_ATTRIBUTES.channel, value: channel },
    ],
  });
  child
    .result()
    .then(
      (outcome: PackageOutcome) => order.ended(outcome),
      () => order.lost(draft.number),
    )
    .catch(() => undefined);
}

function contention(order: OrderProcess) {
  return {
    reason: 'contention' as const,
    detail: 'Others took the stock while this order was planned; it is tried again later',
    since: new Date().toISOString(),
    nextAttemptAt: new Date(Date.now() + order.memory.retryParkedAfterMs).toISOString(),
  };
}

/** A customer chose this store, so only a person may send the order elsewhere. */
async function leaveToPerson(order: OrderProcess, demand: Demand): Promise<void> {
  order.memory.heldBy = 'person';
  await order.wait('person', `${demand.replaces ?? ''} was refused; the customer collects at that store`, null);
}
