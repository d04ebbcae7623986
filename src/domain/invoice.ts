import type { InvoiceRequest } from './lifecycle/changes.js';
import type { Order } from './order/order.js';
import type { ItemAmount } from './package/amounts.js';
import type { PackageRecord } from './package/package.js';

/** What an invoice is written from. */
export interface InvoiceSubject {
  readonly parcel: PackageRecord;
  /** As it is to be delivered now. */
  readonly order: Order;
  readonly amounts: readonly ItemAmount[];
  /** What the courier collects, in minor units; null when it is paid. */
  readonly cashOnDelivery: number | null;
}

/** What an invoice service has written. */
export interface WrittenInvoice {
  readonly number: string;
  readonly type: string;
  /** A day or an instant, as it was given. */
  readonly date: string;
  readonly url: string | null;
  readonly document: Uint8Array | null;
}

/** What we need of an invoice service. */
export interface InvoiceClient {
  /**
   * May be repeated: the package number is the idempotency key.
   *
   * @returns seconds until it should be asked again, when the invoice is being written.
   * @throws {OmsError} `invoice.unreachable`, `invoice.refused`
   */
  request(service: InvoiceRequest, subject: InvoiceSubject): Promise<WrittenInvoice | number>;
  /** The document at an address that the service gave; null when it cannot be fetched now. */
  fetch(service: InvoiceRequest, url: string): Promise<Uint8Array | null>;
}
