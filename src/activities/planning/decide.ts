import type { Location } from '../../domain/configuration/location.js';
import type { Order } from '../../domain/order/order.js';
import { plan } from '../../domain/planning/plan.js';
import type { PlanCase, PlanResult } from '../../domain/planning/planCase.js';
import { OmsError } from '../../platform/errors.js';
import { fingerprint } from '../../platform/fingerprint.js';
import type { Settings } from '../../platform/settings.js';
import type { Decision, DecisionPlan } from '../../store/decisions.js';
import type { PlanningDependencies, PlanningRequest, PublishedScenario } from './request.js';
import { claimsOf } from './claims.js';
import { draftPackages } from './draft.js';

/** Whether the decision's plan was made for this very request, so that it can be carried out again. */
export function isMadeFor(decision: Decision, request: PlanningRequest): boolean {
  return decision.plan?.requestHash === hashOf(request);
}

/** Plans on the state of the books now and writes the decision as proposed. */
export async function decide(
  store: PlanningDependencies,
  request: PlanningRequest,
  decision: Decision,
  settings: Settings,
): Promise<DecisionPlan> {
  const found = await store.orders.find(request.order);
  if (!found) throw new OmsError('service.unavailable', `${request.order} is not stored yet`);
  const [locations, active] = await Promise.all([store.locations.all(), store.scenarios.active()]);
  const scenarios = active.flatMap(({ published }) => (published ? [published] : []));
  const input = await planCase(store, request, decision, { order: found.order, locations, scenarios });
  const answer = plan(input, { budgetMs: settings.planningBudgetMs });
  const scenario = scenarios.find((known) => known.scenario.name === answer.scenario?.name)?.scenario ?? null;
  const isContended = request.attempt > settings.planningAttempts;
  const placed = isContended ? parkAll(answer, input) : answer;
  const packages = scenario ? draftPackages(found.order, placed, scenario.defaultLocation, request) : [];
  const made: DecisionPlan = {
    at: input.at,
    requestHash: hashOf(request),
    inputHash: fingerprint(input),
    isContended,
    input: { ...input, stock: [], locations: [], scenarios: [] },
    answer,
    packages,
    claims: claimsOf(packages, { stock: decision.stock, locations, scenario }),
  };
  await store.decisions.decide(request.order, request.n, 'proposed', made);
  return made;
}

interface Configuration {
  readonly order: Order;
  readonly locations: readonly Location[];
  readonly scenarios: readonly PublishedScenario[];
}

/** The demand as an order of its own, and the books as they stand. */
async function planCase(
  { reservations, quotas }: PlanningDependencies,
  { units, exclusions, at }: PlanningRequest,
  { stock }: Decision,
  { order, locations, scenarios }: Configuration,
): Promise<PlanCase> {
  const lines = order.lines.flatMap((line) => {
    const quantity = units[line.id] ?? 0;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  const [reserved, open] = await Promise.all([
    reservations.reservedOf([...new Set(lines.map(({ sku }) => sku))]),
    quotas.all(),
  ]);
  const reservedOf = new Map(reserved.map((row) => [`${row.location}|${row.sku}`, row.reserved]));
  return {
    at: new Date(at).toISOString(),
    order: { ...order, lines },
    locations,
    stock: stock.map((row) => ({ ...row, reserved: reservedOf.get(`${row.location}|${row.sku}`) ?? 0 })),
    openPackages: Object.fromEntries(open.map(({ location, open: count }) => [location, count])),
    lastWorkAt: Object.fromEntries(open.map(({ location, lastWorkAt }) => [location, lastWorkAt])),
    discrepancies: [],
    exclusions,
    scenarios: scenarios.map(({ scenario, version }) => ({ ...scenario, version })),
    transferScenarios: [],
  };
}

/** Every unit waits at the default location: others were faster too often. */
function parkAll({ scenario }: PlanResult, { order }: PlanCase): Pick<PlanResult, 'packages' | 'parked'> {
  const parked = order.lines.map(({ id, sku, quantity }) => ({ line: id, sku, quantity }));
  return { packages: [], parked: scenario ? parked : [] };
}

function hashOf({ order, n, units, exclusions, firstPackage, attempt }: PlanningRequest): string {
  return fingerprint({ order, n, units, exclusions, firstPackage, attempt });
}
