import { createCarrierActivities, type CarrierClient } from '../activities/carriers.js';
import { createPlanningActivities } from '../activities/planning.js';
import { createRecordActivities } from '../activities/record.js';
import { createReferenceActivities } from '../activities/references.js';
import { createStockActivities, type StockDependencies } from '../activities/stock.js';
import { createWebhookActivities, type WebhookSender } from '../activities/webhooks.js';
import type { ConfigurationStore } from '../store/configuration.js';
import type { RecordStore } from '../store/store.js';

export interface ActivityDependencies {
  readonly records: RecordStore;
  readonly configuration: ConfigurationStore;
  readonly stockClient: StockDependencies['client'];
  readonly carrierClient: CarrierClient;
  readonly webhookSender: WebhookSender;
  readonly now: () => Date;
}
