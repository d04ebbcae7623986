import { createAnnouncer } from '../activities/announcer.js';
import { createAuditActivities } from '../activities/audit.js';
import { createCarrierActivities } from '../activities/carriers.js';
import { createInvoiceActivities } from '../activities/invoices.js';
import { createPlanningActivities } from '../activities/planning.js';
import { createReceiveActivities } from '../activities/receive.js';
import { createRecordActivities } from '../activities/record.js';
import { createReferenceActivities } from '../activities/references.js';
import { createStockActivities, type StockDependencies } from '../activities/stock.js';
import { createTrialActivities } from '../activities/trials.js';
import type { InvoiceClient } from '../domain/invoice.js';
import type { CarrierClient } from '../domain/shipment/carrierClient.js';
import type { Planner } from '../planner/planner.js';
import type { ConfigurationStore } from '../store/configuration.js';
import type { RecordStore } from '../store/store.js';

export interface ActivityDependencies {
  readonly records: RecordStore;
  readonly configuration: ConfigurationStore;
  readonly stockClient: StockDependencies['client'];
  readonly carrierClient: CarrierClient;
  readonly invoiceClient: InvoiceClient;
  readonly planner: Planner;
  readonly now: () => Date;
}

/** What sending webhooks needs of what we keep. */
export const webhookStores = ({ records, configuration }: Pick<ActivityDependencies, 'records' | 'configuration'>) => ({
  endpoints: configuration.webhookEndpoints,
  events: records.events,
  deliveries: records.deliveries,
  settings: configuration.settings,
  lookup: {
    order: async (number: string) => (await records.orders.find(number))?.order ?? null,
    location: (code: string) => configuration.locations.find(code),
  },
});

/** Every activity that the workflows call but the sending of webhooks, by name. */
export function createActivities(dependencies: ActivityDependencies) {
  const { records, configuration, stockClient, carrierClient, invoiceClient, planner, now } = dependencies;
  const { orders, decisions, trials } = records;
  const { locations, settings, carriers, stockEngines, transferScenarios, lifecycles } = configuration;
  const { distributionScenarios: scenarios } = configuration;
  const announce = createAnnouncer({ events: records.events, endpoints: configuration.webhookEndpoints });
  return {
    ...createReceiveActivities({ orders, announce }),
    ...createRecordActivities({ ...records, settings, lifecycles, announce }),
    ...createAuditActivities(records),
    ...createReferenceActivities(configuration),
    ...createStockActivities({ engines: stockEngines, locations, client: stockClient, decisions, orders, now }),
    ...createPlanningActivities({ ...records, locations, scenarios, transferScenarios, settings, lifecycles, planner }),
    ...createCarrierActivities({ ...records, carriers, locations, settings, client: carrierClient, now }),
    ...createInvoiceActivities({ ...records, lifecycles, carriers, client: invoiceClient, now }),
    ...createTrialActivities({ trials, decisions, planner, scenarios, now }),
  };
}
