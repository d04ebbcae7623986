import { inquireStock } from '../../clients/stockInquiry.js';
import type { PlanCase, PlanInput } from '../../domain/planning/planCase.js';
import { liveDiscrepancies } from '../../domain/planning/liveDiscrepancies.js';
import type { Simulation } from '../../schemas/simulation.js';
import type { ScenarioRecord } from '../../store/scenarios.js';
import type { ApiDependencies } from '../dependencies.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'stockClient' | 'now'>;

/**
 * Completes a case with what is live. Only what is left out is looked up, and nothing is written.
 *
 * @throws {OmsError} `stock.unreachable` or `stock.malformed_answer` when the stock was left out and cannot be
 *   asked: it is never taken for empty.
 */
export async function liveCase(dependencies: Dependencies, given: Simulation): Promise<PlanCase> {
  const { configuration, records, now } = dependencies;
  const needsBooks = given.openPackages === undefined || given.lastWorkAt === undefined;
  const [locations, live, open, scenarios, transferScenarios] = await Promise.all([
    given.locations ?? configuration.locations.all(),
    given.stock
      ? { stock: given.stock, discrepancies: [] }
      : liveStock(dependencies, [...new Set(given.order.lines.map(({ sku }) => sku))]),
    needsBooks ? records.quotas.all() : [],
    given.scenarios ?? configuration.distributionScenarios.active().then(published),
    given.transferScenarios ?? configuration.transferScenarios.active().then(published),
  ]);
  const byLocation = <Value>(read: (row: (typeof open)[number]) => Value) =>
    Object.fromEntries(open.map((row) => [row.location, read(row)]));
  return {
    at: given.at ?? now().toISOString(),
    order: given.order,
    locations,
    stock: live.stock,
    openPackages: given.openPackages ?? byLocation((row) => row.open),
    lastWorkAt: given.lastWorkAt ?? byLocation(({ lastWorkAt }) => lastWorkAt),
    // With a given stock nobody knows what its service had answered before.
    discrepancies: given.discrepancies ?? live.discrepancies,
    // A new order has not been refused by anyone.
    exclusions: given.exclusions ?? [],
    scenarios,
    transferScenarios,
  };
}

/** Asks the engines of the active locations, as live planning does. */
async function liveStock(
  { configuration, records, stockClient: client, now }: Dependencies,
  skus: readonly string[],
): Promise<Pick<PlanInput, 'stock' | 'discrepancies'>> {
  const active = (await configuration.locations.all()).filter(({ active: isActive }) => isActive);
  const [rows, pages] = await Promise.all([
    inquireStock({ engines: configuration.stockEngines, client }, active, skus),
    records.reservations.pagesOf(skus),
  ]);
  const reservedOf = new Map(pages.map((page) => [`${page.location}|${page.sku}`, page.reserved]));
  return {
    stock: rows.map((row) => ({ ...row, reserved: reservedOf.get(`${row.location}|${row.sku}`) ?? 0 })),
    discrepancies: liveDiscrepancies(pages, rows, now().toISOString()),
  };
}

const published = <Content extends object>(active: readonly ScenarioRecord<Content>[]) =>
  active.flatMap(({ published: latest }) => (latest ? [{ ...latest.scenario, version: latest.version }] : []));
