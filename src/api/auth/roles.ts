import type { Role } from './caller.js';

/**
 * Who may do what, beside `admin`, who may everything. Endpoints name one of these lists, so that a role
 * is read here in one place.
 */
export const MAY = {
  /** Keys, and whatever nobody else is named for. */
  administer: [],
  /** Configuration, decisions, events: everything but keys and the audit log. */
  readConfiguration: ['planner', 'erp', 'readonly'],
  /** Locations, engines, scenarios, life cycles, reasons, settings. */
  configure: ['planner'],
  readLocations: ['planner', 'erp', 'readonly', 'store'],
  /** Carts ask with the `omnitron` key. */
  askStock: ['planner', 'omnitron', 'erp', 'readonly', 'store'],
  pushStock: ['erp'],
  pushTracking: ['erp'],
  takeOrdersIn: ['omnitron'],
  pushStores: ['omnitron'],
  /** How orders are reported to Omnitron, and what of it was refused. */
  readOmnitron: ['planner', 'omnitron', 'readonly'],
  readOrders: ['planner', 'omnitron', 'erp', 'readonly', 'store'],
  commandOrders: ['planner', 'omnitron'],
  readPackages: ['planner', 'erp', 'readonly', 'store'],
  commandPackages: ['planner', 'erp', 'store'],
  /** Orphaned reservations and discrepancies. */
  releaseBooks: ['planner'],
  readAudit: ['planner', 'readonly'],
  readTransfers: ['planner', 'erp', 'readonly', 'store'],
  commandTransfers: ['planner', 'erp', 'store'],
  /** `erp` has its own endpoints and no others. */
  readWebhooks: ['planner', 'erp', 'readonly'],
  ownWebhooks: ['erp'],
} as const satisfies Record<string, readonly Role[]>;
