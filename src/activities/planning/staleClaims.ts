import { occupiesQuota } from '../../domain/lifecycle/packageLifecycle.js';
import { heldByPackage, heldByTransfer, isSameHold } from '../../domain/reservations/holds.js';
import type { PackageRepository } from '../../store/packages.js';
import type { TransferRepository } from '../../store/transfers.js';
import type { Books, Claims } from './claims.js';

export interface StaleBooks extends Books {
  readonly packages: Pick<PackageRepository, 'ofOrder'>;
  readonly transfers: Pick<TransferRepository, 'ofPackages'>;
}

/** Temporal gives an attempt up after five seconds and makes another one, which does not end the first. */
const GIVEN_UP_AFTER_MS = 4_000;

/** @param begunAt of `performance.now()`, when the attempt began. */
export const mayBeGivenUp = (begunAt: number): boolean => performance.now() - begunAt > GIVEN_UP_AFTER_MS;

/**
 * Gives back what an attempt has taken that was slow, while another one did its work and the packages went on. They
 * begin only after their plan, and what they give up is recorded before it is given back: so whoever takes it after
 * that finds the record here.
 */
export async function returnStaleClaims(
  { packages, transfers, quotas, reservations }: StaleBooks,
  { holds, places }: Claims,
): Promise<void> {
  const order = holds[0]?.order;
  if (order === undefined) return;
  const parcels = await packages.ofOrder(order);
  const moving = await transfers.ofPackages(parcels);
  const begun = new Set([...parcels, ...moving].map(({ number }) => number));
  const needed = [...parcels.flatMap(heldByPackage), ...moving.flatMap(heldByTransfer)];
  const holderOf = (key: string) => key.slice(0, key.lastIndexOf('/'));
  await reservations.release(
    holds.filter((hold) => begun.has(holderOf(hold.key)) && !needed.some((one) => isSameHold(one, hold))),
  );
  for (const { location, package: number } of places) {
    const parcel = parcels.find((one) => one.number === number);
    if (parcel && !occupiesQuota(parcel.state)) await quotas.free(location, number);
  }
}
