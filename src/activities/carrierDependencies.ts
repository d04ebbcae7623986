import type { Carrier } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import type { OrderRecord } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { CarrierClient } from '../domain/shipment/carrierClient.js';
import type { KeptDocument } from '../store/documents.js';
import type { UnknownCode } from '../store/unknownCodes.js';
import type { Settings } from '../platform/settings.js';

export interface CarrierDependencies {
  readonly carriers: { all(): Promise<readonly Carrier[]>; find(code: string): Promise<Carrier | null> };
  readonly locations: { find(code: string): Promise<Location | null> };
  readonly orders: { find(number: string): Promise<Pick<OrderRecord, 'order' | 'changes'> | null> };
  readonly packages: {
    find(number: string): Promise<PackageRecord | null>;
    ofOrder(order: string): Promise<readonly PackageRecord[]>;
  };
  readonly settings: { read(): Promise<Settings> };
  readonly documents: { put(id: string, document: KeptDocument, now: Date): Promise<void> };
  readonly unknownCodes: { note(news: UnknownCode, now: Date): Promise<void> };
  readonly client: CarrierClient;
  readonly now: () => Date;
}
