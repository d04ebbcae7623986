import type { Metrics } from '../platform/metrics.js';
import { readWorkload } from '../store/workload.js';
import type { RecordStore } from '../store/store.js';

/** Counts the work that there is. Part of the sweep, so that reading the metrics costs the database nothing. */
export async function countWork(
  { work, oldestDelivery }: Pick<Metrics, 'work' | 'oldestDelivery'>,
  records: Pick<RecordStore, 'orders' | 'packages' | 'deliveries'>,
  now: Date,
): Promise<void> {
  const { amounts, oldestDelivery: since } = await readWorkload(records);
  for (const { kind, state, count } of amounts) work.set({ kind, state }, count);
  oldestDelivery.set(since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1_000));
}
