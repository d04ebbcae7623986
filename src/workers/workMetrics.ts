import type { ConfigurationStore } from '../store/configuration.js';
import type { RecordStore } from '../store/store.js';
import { readWorkload } from '../store/workload.js';
import { unmappedCodes } from '../domain/shipment/unmappedCodes.js';
import type { Metrics } from '../platform/metrics.js';

interface Stores {
  readonly records: Pick<RecordStore, 'orders' | 'packages' | 'deliveries' | 'unknownCodes'>;
  readonly configuration: Pick<ConfigurationStore, 'carriers' | 'stockEngines'>;
}

/** Counts the work that there is. Part of the sweep, so that reading the metrics costs the database nothing. */
export async function countWork(
  { work, oldestDelivery, unknownCodes, circuits }: Metrics,
  { records, configuration }: Stores,
  now: Date,
): Promise<void> {
  const [{ amounts, oldestDelivery: since }, heard, carriers, engines] = await Promise.all([
    readWorkload(records),
    records.unknownCodes.all(),
    configuration.carriers.all(),
    configuration.stockEngines.all(),
  ]);
  for (const { kind, state, count } of amounts) work.set({ kind, state }, count);
  oldestDelivery.set(since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1_000));
  const unmapped = unmappedCodes(heard, carriers);
  unknownCodes.reset();
  for (const { code } of carriers) {
    unknownCodes.set({ carrier: code }, unmapped.filter(({ carrier }) => carrier === code).length);
  }
  // An alarm needs a series that was 0 before it is 1.
  for (const { code } of engines) circuits.inc({ engine: code }, 0);
}
