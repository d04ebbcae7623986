import type { CancellationReason, Carrier, DenialReason, StockEngine } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import type { Connection } from './connection.js';
import { createSettingsRepository } from './settings.js';
import { createVersionedRepository } from './versioned.js';

export type ConfigurationStore = ReturnType<typeof createConfigurationStore>;

/** The configuration objects that have a business key and nothing more to them. */
export function createConfigurationStore(connection: Connection) {
  return {
    locations: createVersionedRepository<Location>(connection, 'locations', [
      // Whether a stock engine is still in use.
      { 'value.stockEngine': 1 },
    ]),
    stockEngines: createVersionedRepository<StockEngine>(connection, 'stock_engines'),
    carriers: createVersionedRepository<Carrier>(connection, 'carriers'),
    denialReasons: createVersionedRepository<DenialReason>(connection, 'denial_reasons'),
    cancellationReasons: createVersionedRepository<CancellationReason>(connection, 'cancellation_reasons'),
    settings: createSettingsRepository(connection),
  };
}
