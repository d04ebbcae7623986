import type { CancellationReason, Carrier, DenialReason, StockEngine } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import type { ImportedStore } from '../domain/omnitron/mergeStore.js';
import type { OmnitronConnection } from '../domain/configuration/omnitron.js';
import type { Scenario, TransferScenario } from '../domain/configuration/scenario.js';
import { createApiKeyRepository } from './apiKeys.js';
import type { Connection } from './connection.js';
import { createIdempotencyRepository } from './idempotency.js';
import { createLifecycleRepository } from './lifecycles.js';
import { createScenarioRepository } from './scenarios.js';
import { createRequestPace } from './requestPace.js';
import { createRequestSlots } from './requestSlots.js';
import { createSettingsRepository } from './settings.js';
import { createVersionedRepository } from './versioned.js';
import { createWebhookEndpointRepository } from './webhookEndpoints.js';

export type ConfigurationStore = ReturnType<typeof createConfigurationStore>;

/** What a brand configures, and what the API keeps about its callers. */
export function createConfigurationStore(connection: Connection) {
  return {
    locations: createVersionedRepository<Location>(connection, 'locations', {
      isAnnounced: true,
      // Whether a stock engine is still in use; the location of a store of Omnitron.
      indexes: [{ 'value.stockEngine': 1 }, { 'value.omnitronId': 1 }],
    }),
    stockEngines: createVersionedRepository<StockEngine>(connection, 'stock_engines'),
    carriers: createVersionedRepository<Carrier>(connection, 'carriers'),
    denialReasons: createVersionedRepository<DenialReason>(connection, 'denial_reasons'),
    cancellationReasons: createVersionedRepository<CancellationReason>(connection, 'cancellation_reasons'),
    importedStores: createVersionedRepository<ImportedStore>(connection, 'imported_stores'),
    omnitron: createVersionedRepository<OmnitronConnection>(connection, 'omnitron'),
    requestPace: createRequestPace(connection),
    requestSlots: createRequestSlots(connection),
    settings: createSettingsRepository(connection),
    distributionScenarios: createScenarioRepository<Scenario>(connection, 'distribution_scenarios'),
    transferScenarios: createScenarioRepository<TransferScenario>(connection, 'transfer_scenarios'),
    lifecycles: createLifecycleRepository(connection),
    webhookEndpoints: createWebhookEndpointRepository(connection),
    apiKeys: createApiKeyRepository(connection),
    idempotency: createIdempotencyRepository(connection),
  };
}
