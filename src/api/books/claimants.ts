import type { Claimants, HeldUnits } from '../../domain/reservations/holder.js';
import type { RecordStore } from '../../store/store.js';

/** What could need a hold now. Read after the hold: what is taken meanwhile is no longer the same hold. */
export async function claimantsOf(
  { packages, orders, decisions }: Pick<RecordStore, 'packages' | 'orders' | 'decisions'>,
  { order, package: number }: HeldUnits & { readonly order: string },
): Promise<Claimants> {
  const [parcel, record] = await Promise.all([packages.find(number), orders.find(order)]);
  if (parcel || !record || record.state === 'completed' || record.state === 'cancelled')
    return { parcel, planned: new Set() };
  const latest = (await decisions.ofOrder(order)).at(-1);
  const holds = latest?.status === 'conflict' ? [] : (latest?.plan?.claims.holds ?? []);
  return { parcel, planned: new Set(holds.map(({ key }) => key)) };
}
