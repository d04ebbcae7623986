import { createAuditRepository } from './audit.js';
import type { Connection } from './connection.js';
import { createDecisionRepository } from './decisions.js';
import { createEventRepository } from './events.js';
import { createOrderRepository } from './orders.js';
import { createPackageRepository } from './packages.js';
import { createPlanningConfigurationRepository } from './planningConfigurations.js';
import { createQuotaRepository } from './quotas.js';
import { createReservationRepository } from './reservations.js';
import { createWebhookDeliveryRepository } from './webhookDeliveries.js';

/** What workflows own and everybody reads. */
export function createRecordStore(connection: Connection) {
  const planningConfigurations = createPlanningConfigurationRepository(connection);
  return {
    orders: createOrderRepository(connection),
    packages: createPackageRepository(connection),
    events: createEventRepository(connection),
    reservations: createReservationRepository(connection),
    quotas: createQuotaRepository(connection),
    planningConfigurations,
    decisions: createDecisionRepository(connection, planningConfigurations),
    audit: createAuditRepository(connection),
    deliveries: createWebhookDeliveryRepository(connection),
  };
}

export type RecordStore = ReturnType<typeof createRecordStore>;
