import { akinonPayload } from '../../../src/activities/webhooks/akinon/akinonPayload.js';
import type { Location } from '../../../src/domain/configuration/location.js';
import type { EventBody } from '../../../src/domain/events/event.js';
import { PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../../src/domain/lifecycle/transferLifecycle.js';
import { toPackageView } from '../../../src/schemas/packageView.js';
import { toTransferView } from '../../../src/schemas/transferView.js';
import { orderBody, parcel, transfer } from '../../component/api/support/orders.js';

const S1: Location = {
  ...{ code: 'S1', name: 'Store 1', type: 'store', roles: ['packs', 'pickupPoint'], active: true, priority: 10 },
  ...{ safetyStock: { default: 0, skus: {} }, stockEngine: 'erp', tags: ['city'], senderAddresses: {}, attributes: {} },
  address: { country: 'TR', state: 'Istanbul', district: 'Kadikoy', latitude: 40.98, longitude: 29.02 },
};
const lookup = {
  order: () => Promise.resolve(orderBody('R1', { notes: 'ring twice' }) as never),
  location: (code: string) => Promise.resolve(code === 'S1' ? S1 : null),
};
const event = (subject: string, data: unknown): EventBody => ({
  ...{ id: 'evt_1', type: 'package.status.packed', timestamp: '2026-11-23T09:00:00Z', sequence: 3 },
  ...{ subject, data },
});

describe('an event in the style of Akinon', () => {
  test('has its envelope, with an id of 32 hexadecimal digits that does not change', async () => {
    const one = await akinonPayload(event('package/R1P1', toPackageView(parcel('R1', 1), PACKAGE_LIFECYCLE)), lookup);
    const other = await akinonPayload(event('package/R1P1', toPackageView(parcel('R1', 1), PACKAGE_LIFECYCLE)), lookup);

    expect(one.event).toEqual({ type: 'package.status.packed', uuid: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(other).toEqual(one);
  });

  test('of a package: state as an object, items, and what it copies from order and location', async () => {
    const view = toPackageView(parcel('R1', 1, { state: 'ready_for_packaging' }), PACKAGE_LIFECYCLE);

    const { payload } = await akinonPayload(event('package/R1P1', view), lookup);

    expect(payload).toMatchObject({
      number: 'R1P1',
      state: { name: 'Ready for packaging', enum_class: 'PackageStatus', enum_value: '400', config: {} },
      ...{ order_number: 'R1', order_notes: 'ring twice', date_placed: '2026-11-23T09:00:00Z' },
      ...{ payment_type: 'card', channel_name: 'web', city: 'Istanbul' },
      stock_location: {
        ...{ erp_code: 'S1', is_fulfillment_center: true, is_delivery_location: true, is_return_available: false },
        address: { city: { name: 'Istanbul' }, township: { name: 'Kadikoy' }, district: null, latitude: '40.98' },
      },
      packageitem_set: [
        {
          quantity: 2,
          order_item: { product: { sku: 'SKU-1' }, price: '19.90', price_currency: 'eur' },
          state: { enum_value: '400' },
        },
      ],
      ...{ shipment: null, shipping_label: null, invoice_number: null },
    });
    expect((payload as { commands: { slug: string }[] }).commands.map(({ slug }) => slug)).toContain('pack');
  });

  test('of a transfer: its state is a word; a location that is gone is its code', async () => {
    const view = toTransferView(transfer(parcel('R1', 1), 1, { state: 'in_transit' }), TRANSFER_LIFECYCLE);

    const { payload } = await akinonPayload(event('transfer/R1P1T1', view), lookup);

    expect(payload).toMatchObject({
      number: 'R1P1T1',
      state: { enum_class: 'TransferStatus', enum_value: 'in_transit' },
      source: { erp_code: 'W1' },
      destination: { erp_code: 'S1', name: 'Store 1' },
      order: expect.any(Number),
      transferitem_set: [{ quantity: 2, product: { sku: 'SKU-1' } }],
    });
  });

  test('of a location: the location itself', async () => {
    const { payload } = await akinonPayload(event('location/S1', S1), lookup);

    expect(payload).toMatchObject({ erp_code: 'S1', name: 'Store 1', stock_location_type: 'store' });
  });
});
