import { condition } from '@temporalio/workflow';

import type { EventType } from '../../../domain/events/event.js';
import { divide, unitsBySku } from '../../../domain/package/items.js';
import type { ManualGroup, MissingUnits } from '../../../domain/package/commands.js';
import type { PackageItem, PackageReason } from '../../../domain/package/package.js';
import { persist } from '../../activities.js';
import { unprocessable } from '../../failures.js';
import type { PackageProcess } from '../process.js';
import { claim } from './claim.js';
import { report } from './report.js';

/** The location does not take the package: its units go back to the order, which does not ask here again. */
export async function refuse(
  parcel: PackageProcess,
  { reason: code, note = null }: { readonly reason: string; readonly note?: string | null },
): Promise<void> {
  const back = claim(parcel, 'needs_rescheduling');
  const found = await persist('findDenialReason', code);
  if (!found) {
    parcel.state = back;
    throw unprocessable('/reason', `there is no active reason ${code}`);
  }
  const reason: PackageReason = { kind: 'denial', code, note };
  const missing = found.stockEffect === 'discrepancy' ? unitsBySku(parcel.record.items) : [];
  await parcel.move('needs_rescheduling', { record: { reason }, events: ['package.refused'], missing });
  await report(parcel, { kind: 'returned', excludeLocation: parcel.record.location });
}

/** Goods that are not there, and what else a step brings. */
interface Missing {
  readonly units: readonly MissingUnits[];
  /** All of the package goes back, also what is there. */
  readonly isWholePackage: boolean;
  /** The items as they are with what the step changes besides. */
  readonly items: readonly PackageItem[];
  readonly events?: readonly EventType[];
}

/**
 * Missing units leave the package and are planned elsewhere; the rest stays. When nothing stays, the package
 * is over as soon as its units have a new place.
 *
 * @param proceed Records the step when something stays.
 */
export async function reportMissing(
  parcel: PackageProcess,
  { units, isWholePackage, items, events = [] }: Missing,
  proceed: (change: Parameters<PackageProcess['amend']>[0]) => Promise<void>,
): Promise<void> {
  const { location } = parcel.record;
  const { staying } = divide(items, units);
  const missing = unitsBySku(units.map(({ id, quantity }) => ({ sku: skuOf(items, id), quantity })));
  const excludes = { excludeLocation: location, missingSkus: missing.map(({ sku }) => sku) };
  const change = { events: [...events, 'package.items.missing' as const], missing };
  if (isWholePackage || staying.length === 0) {
    const reason: PackageReason = { kind: 'missing', code: units[0]?.kind ?? null, note: null };
    await parcel.move('out_of_stock', { ...change, record: { reason, items } });
    return report(parcel, { kind: 'returned', ...excludes });
  }
  await proceed({ ...change, record: { items: staying } });
  await report(parcel, { kind: 'returned', ...excludes, staying });
}

const skuOf = (items: readonly PackageItem[], id: string): string => items.find((item) => item.id === id)?.sku ?? '';

/** A package that is parked or went stale is planned again. */
export async function reschedule(parcel: PackageProcess): Promise<void> {
  if (parcel.state !== 'stale_waiting') return report(parcel, { kind: 'reschedule' });
  await parcel.move('needs_rescheduling');
  await report(parcel, { kind: 'returned' });
}

/** A person gives the units to places of their choice; the order moves them there, and this package is over. */
export async function planManually(parcel: PackageProcess, groups: readonly ManualGroup[]): Promise<void> {
  parcel.isLeaving = true;
  const unknown = await persist('findInactiveLocations', [...new Set(groups.map(({ location }) => location))]);
  if (unknown.length > 0) {
    parcel.isLeaving = false;
    const index = groups.findIndex(({ location }) => unknown.includes(location));
    throw unprocessable(`/groups/${index}/location`, `there is no active location ${groups[index]?.location ?? ''}`);
  }
  await report(parcel, { kind: 'planned_manually', manual: { items: parcel.record.items, groups } });
  await condition(() => parcel.isDone);
  // The order was planning it at that moment, and that came first.
  if (!parcel.isMovedByHand) throw parcel.illegal('plan_manually');
}
