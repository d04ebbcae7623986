import type { PackageItem } from '../../domain/package/package.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { PlanResult } from '../../domain/planning/planCase.js';
import type { PlannedItem } from '../../domain/planning/planResult.js';
import { describeScenarios } from '../../domain/planning/text/describeScenarios.js';
import type { Brought } from '../../domain/planning/transfers/bringTo.js';
import type { TransferDraft } from '../../domain/transfer/transfer.js';
import { OmsError } from '../../platform/errors.js';
import { fingerprint } from '../../platform/fingerprint.js';
import { planCaseOf, type Decision, type DecisionPlan } from '../../store/decisions.js';
import { releaseClaims, takeClaims, transferHolds } from './claims.js';
import { mayBeGivenUp, returnStaleClaims } from './staleClaims.js';
import { givenTo, transferConfiguration } from './decide.js';
import { draftTransfers } from './draft.js';
import type { PlanningDependencies, PlanningRequest } from './request.js';

export interface TransferRequest extends Pick<PlanningRequest, 'order' | 'n' | 'attempt' | 'exclusions' | 'at'> {
  readonly package: string;
  /** Where it is packed. */
  readonly location: string;
  /** The packaging rule that chose the place. */
  readonly rule: string | null;
  /** What the package lacks, one item per line. */
  readonly items: readonly PackageItem[];
  /** Number of the first transfer that this plan makes. */
  readonly firstTransfer: number;
}

/** What the package can expect. `conflict`: somebody took the goods meanwhile; ask and plan again. */
export interface TransferOutcome {
  readonly outcome: 'planned' | 'conflict';
  readonly transfers: readonly TransferDraft[];
}

/**
 * Finds other sources for goods that do not come, for the package as it is. Repeatable: the decision is written
 * before its claims are taken. When others were faster too often, nothing is found.
 *
 * @throws {OmsError} `service.unavailable` when the decision has no stock answer yet.
 */
export async function planTransfers(store: PlanningDependencies, request: TransferRequest): Promise<TransferOutcome> {
  const begunAt = performance.now();
  const { order, n, at } = request;
  const decision = await store.decisions.find(order, n);
  if (!decision) throw new OmsError('service.unavailable', `Decision ${n} of ${order} has no stock answer`);
  const isRepeat = decision.plan?.requestHash === hashOf(request);
  if (decision.plan && !isRepeat) await releaseClaims(store, decision.plan.claims);
  const plan = decision.plan && isRepeat ? decision.plan : await decideTransfers(store, request, decision);
  const isTaken = await takeClaims(store, plan.claims, new Date(at));
  if (isTaken && (isRepeat || mayBeGivenUp(begunAt))) await returnStaleClaims(store, plan.claims);
  await store.decisions.decide(order, n, isTaken ? 'planned' : 'conflict', plan);
  return isTaken ? { outcome: 'planned', transfers: plan.transfers ?? [] } : { outcome: 'conflict', transfers: [] };
}

async function decideTransfers(
  store: PlanningDependencies,
  request: TransferRequest,
  decision: Decision,
): Promise<DecisionPlan> {
  const { order: number, n, location, items, exclusions, at } = request;
  const found = await store.orders.find(number);
  if (!found) throw new OmsError('service.unavailable', `${number} is not stored yet`);
  const [settings, configuration] = await Promise.all([store.settings.read(), transferConfiguration(store)]);
  const known = { order: found.order, configuration, settings };
  const given = await givenTo(store, { units: unitsByLine(items), exclusions, at }, decision, known);
  const input = planCaseOf(given, configuration, decision.stock);
  const options = { location, rule: request.rule ?? '', budgetMs: given.budgetMs };
  const isContended = request.attempt > settings.planningAttempts;
  const brought = isContended ? NOTHING : await store.planner.bringTo(input, options);
  const place = { number: request.package, order: number, location, items };
  const { transfer: lifecycle } = await store.lifecycles.inForce();
  const transfers = draftTransfers(place, brought.transfers, { first: request.firstTransfer, lifecycle });
  const made: DecisionPlan = {
    ...{ at: given.at, requestHash: hashOf(request), inputHash: fingerprint({ ...input, ...options }) },
    ...{ isFresh: false, isContended, input: given, packages: [], transfers },
    answer: answerOf(request, brought),
    claims: {
      holds: transferHolds(transfers, { stock: decision.stock, locations: configuration.locations }),
      places: [],
    },
  };
  await store.decisions.decide(number, n, 'proposed', made);
  return made;
}

const hashOf = ({ at: _, ...asked }: TransferRequest): string => fingerprint(asked);

/** Others were faster too often. */
const NOTHING: Pick<Brought, 'transfers' | 'transferScenarios' | 'optimal'> = {
  transfers: [],
  transferScenarios: [],
  optimal: false,
};

/** The decision in the shape of all decisions, for those who ask why. */
function answerOf({ package: parcel, location, rule, items }: TransferRequest, brought: typeof NOTHING): PlanResult {
  const { transfers, transferScenarios, optimal } = brought;
  const coming = transfers.flatMap((transfer) => transfer.items);
  const wanted = Object.entries(unitsByLine(items));
  const parked = wanted.flatMap(([line, quantity]): PlannedItem[] => {
    const rest = quantity - sum(coming.filter((item) => item.line === line));
    return rest > 0 ? [{ line, sku: items.find(({ lineId }) => lineId === line)?.sku ?? '', quantity: rest }] : [];
  });
  const sources = transfers.map(({ source, items: from }) => `${sum(from)} from ${source}`);
  const text = [
    ...(transferScenarios.length > 0 ? [describeScenarios(transferScenarios, 'Transfer scenario')] : []),
    `${parcel} at ${location} lacks ${sum(items)} units: ${[...sources, ...(parked.length > 0 ? [`${sum(parked)} from nowhere`] : [])].join(', ')}.`,
  ].join('\n');
  const state = 'waiting_for_transfer' as const;
  return {
    outcome: parked.length === 0 ? 'planned' : transfers.length === 0 ? 'parked' : 'partially_planned',
    scenario: null,
    packages: transfers.length === 0 ? [] : [{ location, state, rule: rule ?? '', items: coming, transfers }],
    parked,
    optimal,
    objective: { units: sum(coming), packages: 0, transfers: transfers.length, rank: [] },
    explanation: { text, scenarios: [], transferScenarios, defaultLocation: null, rules: [] },
  };
}

const sum = (items: readonly { readonly quantity: number }[]): number =>
  items.reduce((total, { quantity }) => total + quantity, 0);
