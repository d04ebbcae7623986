import { newPackage, type PackageRecord } from '../../../../src/domain/package/package.js';
import { newTransfer, type TransferRecord } from '../../../../src/domain/transfer/transfer.js';

/** The body of an order, as a sales channel sends it. */
export const orderBody = (number: string, more: object = {}) => ({
  number,
  channel: 'web',
  placedAt: '2026-11-23T09:00:00Z',
  currency: 'EUR',
  customer: { type: 'individual', firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' },
  shippingAddress: { country: 'TR', state: 'Istanbul', latitude: 40.98, longitude: 29.02 },
  shippingOption: 'standard',
  paymentType: 'card',
  delivery: { type: 'home' },
  lines: [{ id: '1', sku: 'SKU-1', name: 'Mug', quantity: 2, unitPrice: 1990 }],
  ...more,
});

/** A package of such an order with both mugs in it. */
export const parcel = (order: string, n: number, more: Partial<PackageRecord> = {}): PackageRecord => ({
  ...newPackage(
    {
      number: `${order}P${n}`,
      order,
      location: 'S1',
      state: 'waiting',
      items: [{ id: '1', lineId: '1', sku: 'SKU-1', name: 'Mug', quantity: 2, unitPrice: 1990 }],
      transfers: [],
      dueAt: null,
      rule: 'one place',
      replaces: null,
      lifecycle: { name: 'default', version: 1 },
    },
    '2026-11-23T09:00:01Z',
  ),
  version: 1,
  ...more,
});

/** A transfer that brings both mugs to such a package. */
export const transfer = (parcel: PackageRecord, n = 1, more: Partial<TransferRecord> = {}): TransferRecord => ({
  ...newTransfer(
    {
      number: `${parcel.number}T${n}`,
      order: parcel.order,
      package: parcel.number,
      source: 'W1',
      destination: parcel.location,
      items: [{ id: '1', packageItem: '1', lineId: '1', sku: 'SKU-1', name: 'Mug', quantity: 2 }],
    },
    parcel.createdAt,
  ),
  version: 1,
  ...more,
});
