import type { PinnedLifecycle } from '../../domain/lifecycle/pinned.js';
import { holdKey } from '../../domain/reservations/holds.js';
import { packageNumber } from '../../domain/numbers.js';
import type { ManualGroup } from '../../domain/package/commands.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { PackageDraft, PackageItem } from '../../domain/package/package.js';
import { fingerprint } from '../../platform/fingerprint.js';
import type { DecisionPlan } from '../../store/decisions.js';
import { takeClaims, type Claims } from './claims.js';
import type { PlanningDependencies } from './request.js';
import { mayBeGivenUp, returnStaleClaims } from './staleClaims.js';
import { withDueAt } from './withDueAt.js';

export interface ManualRequest {
  readonly order: string;
  /** Number of the decision. */
  readonly n: number;
  /** The package that is replaced. */
  readonly package: string;
  readonly items: readonly PackageItem[];
  /** Every unit of the items exactly once. */
  readonly groups: readonly ManualGroup[];
  readonly firstPackage: number;
  /** Workflow time in ms. */
  readonly at: number;
}

/** One package per group, with the items as they are, also where a product was replaced. */
function draftByHand(
  { order, package: replaces, items, groups, firstPackage }: ManualRequest,
  lifecycle: PinnedLifecycle,
): Omit<PackageDraft, 'dueAt'>[] {
  return groups.map(({ location, items: units }, index) => ({
    number: packageNumber(order, firstPackage + index),
    order,
    location,
    state: 'waiting',
    items: units.flatMap(({ id, quantity }, position) => {
      const item = items.find((known) => known.id === id);
      if (!item) return [];
      // What was to come by transfer is to be at the new place.
      const { awaited: _, ...kept } = item;
      return [{ ...kept, id: String(position + 1), quantity }];
    }),
    transfers: [],
    rule: null,
    replaces,
    lifecycle,
  }));
}

/** A person may promise what the stock answer does not show. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * Places units where a person wants them: no rules, no quota, and reserved even when the stock answer is short
 * of them. Repeatable: the decision is written before its claims are taken.
 * The decision says at which locations the latest stock answer is short.
 */
export async function planByHand(
  store: PlanningDependencies,
  request: ManualRequest,
): Promise<{ readonly packages: readonly PackageDraft[] }> {
  const begunAt = performance.now();
  const { order, n, at } = request;
  const [locations, { timeZone }, lifecycles] = await Promise.all([
    store.locations.all(),
    store.settings.read(),
    store.lifecycles.inForce(),
  ]);
  const packages = withDueAt(draftByHand(request, lifecycles.package), locations, {
    at: new Date(at).toISOString(),
    timeZone,
  });
  const claims = claimsByHand(packages);
  const shortAt = await shortLocations(store, request, claims);
  const plan = decisionByHand(request, packages, claims, shortAt);
  await store.decisions.open(order, n, [], new Date(at));
  await store.decisions.decide(order, n, 'proposed', plan);
  await takeClaims(store, claims, new Date(at));
  if (mayBeGivenUp(begunAt)) await returnStaleClaims(store, claims);
  await store.decisions.decide(order, n, 'planned', plan);
  return { packages };
}

function claimsByHand(packages: readonly PackageDraft[]): Claims {
  return {
    holds: packages.flatMap(({ number, order, location, items }) =>
      items.map(({ id, sku, quantity }) => ({
        ...{ key: holdKey(number, id), location, sku, quantity, order, package: number, item: id },
        limit: NO_LIMIT,
      })),
    ),
    places: packages.map(({ number, location }) => ({ location, package: number, limit: null })),
  };
}

/** Where more is promised than the latest answer of this order's stock inquiries shows. */
async function shortLocations(
  { decisions, reservations }: PlanningDependencies,
  { order, package: replaced }: ManualRequest,
  { holds }: Claims,
): Promise<string[]> {
  const answers = (await decisions.ofOrder(order)).flatMap(({ stock }) => stock);
  const pages = await reservations.pagesOf([...new Set(holds.map(({ sku }) => sku))]);
  // What the package gives up, and what an attempt before this one has taken already.
  const own = (await reservations.ofOrder(order)).filter(
    ({ key, package: holder }) => holder === replaced || holds.some((hold) => hold.key === key),
  );
  const isShort = (location: string, sku: string): boolean => {
    const at = <Row extends { location: string; sku: string }>(row: Row) =>
      row.location === location && row.sku === sku;
    const sum = (rows: readonly { quantity: number }[]) => rows.reduce((total, { quantity }) => total + quantity, 0);
    const reserved = (pages.find(at)?.reserved ?? 0) - sum(own.filter(at));
    return reserved + sum(holds.filter(at)) > (answers.findLast(at)?.quantity ?? 0);
  };
  return [
    ...new Set(holds.filter(({ location, sku }) => isShort(location, sku)).map(({ location }) => location)),
  ].sort();
}

function decisionByHand(
  request: ManualRequest,
  packages: readonly PackageDraft[],
  claims: Claims,
  shortAt: readonly string[],
): DecisionPlan {
  const at = new Date(request.at).toISOString();
  const units = unitsByLine(request.items);
  const lines = Object.entries(units).map(([id, quantity]) => {
    return { id, sku: request.items.find(({ lineId }) => lineId === id)?.sku ?? '', quantity };
  });
  const warning = shortAt.length > 0 ? ` The stock answer is short at ${shortAt.join(', ')}.` : '';
  return {
    at,
    requestHash: fingerprint(request),
    inputHash: fingerprint(request),
    isContended: false,
    isFresh: false,
    input: {
      at,
      order: { number: request.order, lines },
      ...{ openPackages: {}, lastWorkAt: {}, discrepancies: [], exclusions: [] },
    },
    answer: {
      outcome: 'planned',
      scenario: null,
      packages: packages.map(({ location, state, items }) => ({
        ...{ location, state, rule: 'by hand', transfers: [] },
        items: items.map(({ lineId: line, sku, quantity }) => ({ line, sku, quantity })),
      })),
      parked: [],
      optimal: false,
      objective: {
        units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
        packages: packages.length,
        transfers: 0,
        rank: [],
      },
      explanation: {
        text: `A person chose where the units of ${request.package} go.${warning}`,
        ...{ scenarios: [], transferScenarios: [], defaultLocation: null, rules: [] },
      },
    },
    packages,
    claims,
  };
}
