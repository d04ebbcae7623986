import { createAuditRepository } from './audit.js';
import type { Connection } from './connection.js';
import { createDecisionRepository } from './decisions.js';
import { createDiscrepancyRepository } from './discrepancies.js';
import { createDocumentRepository } from './documents.js';
import { createEngineHealthRepository } from './engineHealth.js';
import { createEventRepository } from './events.js';
import { createInvoiceNoteRepository } from './invoiceNotes.js';
import { createOmnitronPullRepository } from './omnitronPulls.js';
import { createOmnitronReportRepository } from './omnitronReports.js';
import { createOrderRepository } from './orders.js';
import { createPackageRepository } from './packages.js';
import { createPlanningConfigurationRepository } from './planningConfigurations.js';
import { createQuotaRepository } from './quotas.js';
import { createReports } from './reports/reports.js';
import { createReservationRepository } from './reservations.js';
import { createStockLists } from './stockLists.js';
import { createTransferRepository } from './transfers.js';
import { createTrialRepository } from './trials.js';
import { createUnknownCodeRepository } from './unknownCodes.js';
import { createWebhookDeliveryRepository } from './webhookDeliveries.js';

/** What workflows own and everybody reads. */
export function createRecordStore(connection: Connection) {
  const packages = createPackageRepository(connection);
  const transfers = createTransferRepository(connection);
  const events = createEventRepository(connection);
  const planningConfigurations = createPlanningConfigurationRepository(connection);
  const decisions = createDecisionRepository(connection, planningConfigurations);
  return {
    orders: createOrderRepository(connection),
    packages,
    transfers,
    events,
    documents: createDocumentRepository(connection),
    reservations: createReservationRepository(connection),
    discrepancies: createDiscrepancyRepository(connection),
    stockLists: createStockLists(connection),
    quotas: createQuotaRepository(connection),
    planningConfigurations,
    decisions,
    reports: createReports({ decisions, packages, events, transfers }),
    audit: createAuditRepository(connection),
    trials: createTrialRepository(connection),
    omnitronReports: createOmnitronReportRepository(connection),
    omnitronPulls: createOmnitronPullRepository(connection),
    engineHealth: createEngineHealthRepository(connection),
    unknownCodes: createUnknownCodeRepository(connection),
    invoiceNotes: createInvoiceNoteRepository(connection),
    deliveries: createWebhookDeliveryRepository(connection),
  };
}

export type RecordStore = ReturnType<typeof createRecordStore>;
