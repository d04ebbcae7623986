import { holdKey } from '../../domain/reservations/holds.js';
import type { StockRow } from '../../domain/configuration/integrations.js';
import type { Location } from '../../domain/configuration/location.js';
import type { Scenario } from '../../domain/configuration/scenario.js';
import { heldItems } from '../../domain/package/items.js';
import type { PackageDraft } from '../../domain/package/package.js';
import type { TransferDraft } from '../../domain/transfer/transfer.js';
import type { DecisionPlan } from '../../store/decisions.js';
import type { QuotaRepository } from '../../store/quotas.js';
import { holdsOfTransfer, type ReservationRepository } from '../../store/reservations.js';

/** What a plan takes from the books, with the limits that held when it was made. */
export type Claims = DecisionPlan['claims'];

/** What the plan was made from. */
export interface PlanningBasis {
  readonly stock: readonly StockRow[];
  readonly locations: readonly Location[];
  readonly scenario: Scenario | null;
}

export interface Books {
  readonly quotas: QuotaRepository;
  readonly reservations: ReservationRepository;
}

/** Parked packages claim nothing: they are no work for their location. */
export function claimsOf(drafts: readonly PackageDraft[], basis: PlanningBasis): Claims {
  const working = drafts.filter(({ state }) => state !== 'out_of_stock');
  return {
    holds: [
      ...working.flatMap(({ number, order, location, items }) =>
        heldItems({ isReserved: true, items }).map(({ id, sku, quantity }) => {
          const hold = { key: holdKey(number, id), location, sku, quantity, order, package: number, item: id };
          return { ...hold, limit: promisable(basis, location, sku) };
        }),
      ),
      ...transferHolds(
        working.flatMap(({ transfers }) => transfers),
        basis,
      ),
    ],
    places: working.map(({ number, location, rule }) => ({
      location,
      package: number,
      limit: quotaLimit(basis, location, rule),
    })),
  };
}

/** What transfers are to bring is held at their sources until it arrives. */
export function transferHolds(
  transfers: readonly TransferDraft[],
  basis: Pick<PlanningBasis, 'stock' | 'locations'>,
): Claims['holds'] {
  return transfers
    .flatMap(holdsOfTransfer)
    .map((hold) => ({ ...hold, limit: promisable(basis, hold.location, hold.sku) }));
}

/**
 * Takes all claims or none. Everything is taken under the package's number, so a repeat takes nothing twice.
 *
 * @returns false when somebody else was faster; then nothing is held.
 */
export async function takeClaims(
  { quotas, reservations }: Books,
  { holds, places }: Claims,
  at: Date,
): Promise<boolean> {
  if (!(await reservations.takeAll(holds, at))) return false;
  for (const place of places) {
    if (await quotas.take(place.location, place.package, place.limit, at)) continue;
    await releaseClaims({ quotas, reservations }, { holds, places });
    return false;
  }
  return true;
}

export async function releaseClaims({ quotas, reservations }: Books, { holds, places }: Claims): Promise<void> {
  await reservations.release(holds);
  for (const place of places) await quotas.free(place.location, place.package);
}

/** Every package counts, but only rules that ask for a quota are bound by it. */
function quotaLimit({ locations, scenario }: PlanningBasis, code: string, rule: string | null): number | null {
  const isBound = scenario?.rules.find(({ name }) => name === rule)?.locations.requireQuota === true;
  return isBound ? (locations.find((location) => location.code === code)?.maxQuota ?? 0) : null;
}

/** What the stock service answered without the safety stock. */
function promisable(
  { stock, locations }: Pick<PlanningBasis, 'stock' | 'locations'>,
  code: string,
  sku: string,
): number {
  const answered = stock.find((row) => row.location === code && row.sku === sku)?.quantity ?? 0;
  const safety = locations.find((location) => location.code === code)?.safetyStock;
  return answered - (safety?.skus[sku] ?? safety?.default ?? 0);
}
