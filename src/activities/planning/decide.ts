import { liveDiscrepancies } from '../../domain/planning/liveDiscrepancies.js';
import type { Order } from '../../domain/order/order.js';
import { presentOrder } from '../../domain/order/presentOrder.js';
import type { PlanCase, PlanResult } from '../../domain/planning/planCase.js';
import { OmsError } from '../../platform/errors.js';
import { fingerprint } from '../../platform/fingerprint.js';
import type { Settings } from '../../platform/settings.js';
import { planCaseOf, type Decision, type DecisionInput, type DecisionPlan } from '../../store/decisions.js';
import type { PlanningConfiguration } from '../../store/planningConfigurations.js';
import type { PlanningDependencies, PlanningRequest, Published } from './request.js';
import { claimsOf } from './claims.js';
import { draftPackages } from './draft.js';
import { withDueAt } from './withDueAt.js';

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
  const order = presentOrder(found);
  const configuration = await configurationOf(store);
  const given = await givenTo(store, request, decision, { order, configuration, settings });
  const input = planCaseOf(given, configuration, decision.stock);
  const { answer, inputHash } = await store.planner.planHashed(input, { budgetMs: given.budgetMs });
  const scenario = configuration.scenarios.find(({ name }) => name === answer.scenario?.name) ?? null;
  const isContended = request.attempt > settings.planningAttempts;
  const placed = isContended ? parkAll(answer, input) : answer;
  const { locations } = configuration;
  const lifecycles = await store.lifecycles.inForce();
  const beginning = { firstPackage: request.firstPackage, replaces: request.replaces, lifecycles };
  const drafts = scenario ? draftPackages(order, placed, scenario.defaultLocation, beginning) : [];
  const packages = withDueAt(drafts, locations, { at: input.at, timeZone: settings.timeZone });
  const made: DecisionPlan = {
    at: input.at,
    requestHash: hashOf(request),
    inputHash,
    isFresh: request.replaces === null,
    isContended,
    input: given,
    answer,
    packages,
    claims: claimsOf(packages, { stock: decision.stock, locations, scenario }),
  };
  await store.decisions.decide(request.order, request.n, 'proposed', made);
  return made;
}

/** What lives beside the decision: kept once for all decisions that see the same. */
async function configurationOf(store: PlanningDependencies): Promise<PlanningConfiguration> {
  const [locations, active] = await Promise.all([store.locations.all(), store.scenarios.active()]);
  const scenarios = publishedOf(active);
  // Most brands have no such rule, and are spared the question.
  const mayTransfer = scenarios.some(({ rules }) => rules.some(({ transferable }) => transferable));
  const transferScenarios = mayTransfer ? publishedOf(await store.transferScenarios.active()) : [];
  return { locations, scenarios, transferScenarios };
}

/** What finding sources for a place that is chosen depends on. */
export async function transferConfiguration(store: PlanningDependencies): Promise<PlanningConfiguration> {
  const [locations, active] = await Promise.all([store.locations.all(), store.transferScenarios.active()]);
  return { locations, scenarios: [], transferScenarios: publishedOf(active) };
}

const publishedOf = <Kind extends object>(active: readonly { readonly published: Published<Kind> | null }[]) =>
  active.flatMap(({ published }) => (published ? [{ ...published.scenario, version: published.version }] : []));

interface Known {
  readonly order: Order;
  readonly configuration: PlanningConfiguration;
  readonly settings: Settings;
}

/** The demand as an order of its own, and the books as they stand. */
export async function givenTo(
  { reservations, quotas, planningConfigurations }: PlanningDependencies,
  { units, exclusions, at }: Pick<PlanningRequest, 'units' | 'exclusions' | 'at'>,
  { stock }: Decision,
  { order, configuration, settings }: Known,
): Promise<Required<DecisionInput>> {
  const lines = order.lines.flatMap((line) => {
    const quantity = units[line.id] ?? 0;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  const [pages, open, key] = await Promise.all([
    reservations.pagesOf([...new Set(lines.map(({ sku }) => sku))]),
    quotas.all(),
    planningConfigurations.keep(configuration),
  ]);
  const answered = new Set(stock.map(({ location, sku }) => `${location}|${sku}`));
  return {
    at: new Date(at).toISOString(),
    order: { ...order, lines },
    openPackages: Object.fromEntries(open.map(({ location, open: count }) => [location, count])),
    lastWorkAt: Object.fromEntries(open.map(({ location, lastWorkAt }) => [location, lastWorkAt])),
    discrepancies: liveDiscrepancies(pages, stock, new Date(at).toISOString()),
    exclusions,
    configuration: key,
    reserved: pages.flatMap(({ location, sku, reserved }) =>
      answered.has(`${location}|${sku}`) ? [{ location, sku, reserved }] : [],
    ),
    budgetMs: settings.planningBudgetMs,
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
