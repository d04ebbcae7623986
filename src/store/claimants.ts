import type { Claimants } from '../domain/reservations/holder.js';
import type { RecordStore } from './store.js';

type Records = Pick<RecordStore, 'packages' | 'transfers' | 'orders' | 'decisions'>;

/** What could need a hold of the order now. Read after the hold: what is taken meanwhile is another hold. */
export async function claimantsOf(
  { packages, transfers, orders, decisions }: Records,
  order: string,
): Promise<Claimants> {
  const [parcels, record] = await Promise.all([packages.ofOrder(order), orders.find(order)]);
  const moving = await transfers.ofPackages(parcels);
  const isOver = !record || record.state === 'completed' || record.state === 'cancelled';
  const latest = isOver ? undefined : (await decisions.ofOrder(order)).at(-1);
  const holds = latest?.status === 'conflict' ? [] : (latest?.plan?.claims.holds ?? []);
  return { packages: parcels, transfers: moving, planned: new Set(holds.map(({ key }) => key)) };
}
