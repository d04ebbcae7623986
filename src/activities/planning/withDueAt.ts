import { dueAt } from '../../domain/calendar/dueAt.js';
import type { Location } from '../../domain/configuration/location.js';
import type { Instant } from '../../domain/order/order.js';
import type { PackageDraft } from '../../domain/package/package.js';

/** The packages of a plan with the time at which their locations should have packed them. */
export function withDueAt(
  drafts: readonly Omit<PackageDraft, 'dueAt'>[],
  locations: readonly Location[],
  { at, timeZone }: { readonly at: Instant; readonly timeZone: string },
): PackageDraft[] {
  const targets = new Map(locations.map((location) => [location.code, location]));
  return drafts.map((draft) => {
    const location = targets.get(draft.location);
    // Parked packages are no work for their location, and what is not there yet cannot be packed.
    const canBegin = draft.state !== 'out_of_stock' && draft.transfers.length === 0;
    return { ...draft, dueAt: location && canBegin ? dueAt(location, at, timeZone) : null };
  });
}
