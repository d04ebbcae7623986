/* eslint-disable @typescript-eslint/no-unsafe-call -- orders of the contract are read and changed freely */
import { mappedFields } from '../../../src/domain/omnitron/fieldList.js';
import { order as ourOrder } from '../../../src/schemas/order.js';
import { mapped, omnitronOrder, omnitronOrders, read, type Any } from '../../support/omnitronOrders.js';

const line = (number: string, id: string, rules = {}) =>
  mapped(omnitronOrder(number), rules).lines.find((one: { id: string }) => one.id === id);

describe('an order of Omnitron, as ours', () => {
  test('R1001: every field of a simple order', () => {
    expect(mapped(omnitronOrder('R1001'))).toEqual({
      number: 'R1001',
      channel: 'web',
      placedAt: '2026-11-23T09:00:00.000Z',
      currency: 'TRY',
      customer: {
        type: 'individual',
        firstName: 'Customer',
        lastName: '1',
        email: 'customer1@example.com',
        phone: '05000000001',
      },
      shippingAddress: {
        country: 'TR',
        state: 'İSTANBUL',
        district: 'KADIKÖY',
        neighbourhood: 'MODA MAH',
        line: 'Sample Street 1',
        postcode: '34710',
      },
      billingAddress: {
        country: 'TR',
        state: 'İSTANBUL',
        district: 'KADIKÖY',
        neighbourhood: 'MODA MAH',
        line: 'Sample Street 1',
        postcode: '34710',
      },
      shippingOption: 'standard',
      paymentType: 'credit-card',
      delivery: { type: 'home' },
      priority: 3,
      tags: [],
      attributes: {
        omnitronId: 7001,
        omnitronChannel: 5,
        omnitronUserType: 'registered',
        omnitronCargoCompany: 'carrier-a',
        omnitronLanguage: 'tr-tr',
        omnitronDeliveryType: 'standard',
        omnitronAmount: '44.80',
        omnitronShippingAmount: '5.00',
        omnitronGiftNote: null,
      },
      lines: [
        {
          id: '8001',
          sku: 'MUG-1',
          name: 'Mug',
          barcode: '869000009001',
          quantity: 1,
          unitPrice: 3980,
          discount: 0,
          taxRate: 10,
          attributes: { retail_price: '39.80' },
        },
      ],
    });
  });

  test('R1002: a company, a gift with a note, discounts and a bundle', () => {
    const order = mapped(omnitronOrder('R1002'));

    expect(order).toMatchObject({
      customer: { type: 'corporate' },
      tags: ['gift'],
      notes: 'Leave at the door',
      attributes: { omnitronGiftNote: 'Sample note', 'extra_field.id': 'SC-2' },
    });
    expect(order.lines.map(({ id }: { id: string }) => id)).toEqual(['8002', '8003', '8004', '8005', '8006']);
    expect(line('R1002', '8002')).toMatchObject({ unitPrice: 10000, discount: 1000 });
    expect(line('R1002', '8004').attributes).toMatchObject({
      bundle: 'SET-1',
      gift_note: 'Sample note',
      'attributes_kwargs.gift_note': '{"label":"Gift note"}',
    });
    const groups = order.lines.map(({ keepTogetherGroup: group }: { keepTogetherGroup?: string }) => group);
    expect(groups).toEqual([undefined, undefined, '8004', '8004', '8004']);
  });

  test('R1003: collected in a store, in a range of local time', () => {
    const order = mapped(omnitronOrder('R1003'));

    expect(order.delivery).toEqual({
      type: 'click_and_collect',
      pickupLocation: 'S12',
      range: { from: '2026-11-24T07:00:00.000Z', to: '2026-11-24T09:00:00.000Z' },
    });
    expect(order.shippingAddress).toMatchObject({ latitude: 41, longitude: 29 });
    expect(order.lines[0]).toMatchObject({ quantity: 1, unitPrice: 5990 });
  });

  test('what changes while the order is carried out does not make it another one', () => {
    const later = omnitronOrder('R1001', (order) => {
      Object.assign(order, { status: '500', is_send: true, modified_date: '2026-11-30T00:00:00.000000Z' });
      Object.assign(order, { tracking_number: 'T1', invoice_number: 'I1', e_archive_url: 'https://example.com/i1' });
      Object.assign(order.orderitem_set[0], { status: '500', tracking_number: 'T1', extra_field: { oms_state: 'x' } });
    });

    expect(mapped(later)).toEqual(mapped(omnitronOrder('R1001')));
  });

  test('nothing of the card, the computer and the identity of the customer comes along', () => {
    const order = omnitronOrder('R1001', (one) => {
      one.bin_number = '454360';
      one.billing_address.identity_number = '11111111110';
    });

    expect(JSON.stringify(mapped(order))).not.toMatch(/454360|11111111110|192\.0\.2\.1/);
  });

  test.each([
    ['numbers for decimals', (o: Any) => ((o.orderitem_set[0].price = 39.8), (o.amount = 44.8)), 3980],
    ['names for statuses', (o: Any) => ((o.status = 'approved'), (o.orderitem_set[0].status = 'approved')), 3980],
    [
      'a currency without decimals',
      (o: Any) => (
        (o.currency = 'jpy'),
        (o.orderitem_set[0].price_currency = 'jpy'),
        (o.orderitem_set[0].price = '500')
      ),
      500,
    ],
    ['zeroes behind the smallest unit', (o: Any) => (o.orderitem_set[0].price = '39.8000'), 3980],
    ['a bare id for the channel that the connection names', (o: Any) => (o.channel = 5), 3980],
    ['`id` for `pk` of nested objects', (o: Any) => (o.shipping_address.city = { id: 40, name: 'İSTANBUL' }), 3980],
  ])('%s is read alike', (_case, change, unitPrice) => {
    const order = mapped(omnitronOrder('R1001', change), { channels: { '5': 'web' } });

    expect(order).toMatchObject({ channel: 'web', lines: [{ unitPrice }], shippingAddress: { state: 'İSTANBUL' } });
  });
});

describe('where the brand decides', () => {
  const merged = (quantity: unknown) =>
    omnitronOrder('R1002', (order) => {
      Object.assign(order.orderitem_set[0], { price: '100.00', discount_amount: '10.00' });
      order.orderitem_set[0].attributes = { units: quantity };
    });

  test.each([
    ['total', 4, { quantity: 4, unitPrice: 2500, discount: 1000 }],
    ['total', '4', { quantity: 4, unitPrice: 2500, discount: 1000 }],
    ['unit', 4, { quantity: 4, unitPrice: 10000, discount: 4000 }],
  ] as const)('a merged item with prices of the %s: %j units', (mergedPrice, quantity, expected) => {
    expect(mapped(merged(quantity), { mergedPrice, quantityKey: 'units' }).lines[0]).toMatchObject(expected);
  });

  test('the parent of a bundle is no line where only its parts are shipped; they stay together', () => {
    const { lines } = mapped(omnitronOrder('R1002'), { bundleParent: 'skip' });

    expect(lines.slice(2)).toMatchObject([
      { id: '8005', keepTogetherGroup: '8004' },
      { id: '8006', keepTogetherGroup: '8004' },
    ]);
  });

  test('a delivery on the same day, another barcode, another name of the channel', () => {
    const order = omnitronOrder('R1001', (one) => {
      one.delivery_type = 'express';
      one.orderitem_set[0].product.attributes.ean = '4006381333931';
    });
    const rules = { sameDayDeliveryTypes: ['express'], barcodeAttribute: 'ean', channels: { '5': 'site' } };

    expect(mapped(order, rules)).toMatchObject({
      channel: 'site',
      delivery: { type: 'same_day' },
      lines: [{ barcode: '4006381333931' }],
    });
  });
});

describe('what is left out', () => {
  test.each([
    [
      'names',
      'customer',
      (o: Any) => Object.assign(o.customer, { first_name: '', last_name: null }),
      { firstName: 'Customer', lastName: '1' },
    ],
    ['the payment option', 'paymentType', (o: Any) => (o.payment_option_slug = ''), 'credit_card'],
    [
      'every payment',
      'paymentType',
      (o: Any) => Object.assign(o, { payment_option_slug: null, payment_option: null }),
      'unknown',
    ],
    ['the shipping option', 'shippingOption', (o: Any) => (o.shipping_option_slug = null), 'carrier-a'],
    [
      'every way of shipping',
      'shippingOption',
      (o: Any) => Object.assign(o, { shipping_option_slug: '', cargo_company: null }),
      'standard',
    ],
    ['the note of the order', 'notes', (o: Any) => (o.shipping_address.notes = 'Ring twice'), 'Ring twice'],
  ])('%s', (_case, field, change, expected) => {
    const value = mapped(omnitronOrder('R1001', change))[field];

    if (typeof expected === 'object') expect(value).toMatchObject(expected);
    else expect(value).toBe(expected);
  });

  test('a delivery range of a form that we do not know stays an attribute', () => {
    const order = mapped(omnitronOrder('R1003', (one) => (one.delivery_range = 'tomorrow morning')));

    expect(order.delivery.range).toBeUndefined();
    expect(order.attributes.omnitronDeliveryRange).toBe('tomorrow morning');
  });
});

describe('what cannot be read is named where it stands', () => {
  const first = '/orderitem_set/0';

  test.each([
    ['no items', '/orderitem_set', (o: Any) => (o.orderitem_set = [])],
    ['an item twice', '/orderitem_set/1/pk', (o: Any) => o.orderitem_set.push({ ...o.orderitem_set[0] })],
    ['no SKU', `${first}/product/sku`, (o: Any) => (o.orderitem_set[0].product.sku = '')],
    ['a SKU that is none for us', `${first}/product/sku`, (o: Any) => (o.orderitem_set[0].product.sku = 'a b')],
    ['the id of a product alone', `${first}/product`, (o: Any) => (o.orderitem_set[0].product = 9001)],
    ['a price below zero', `${first}/price`, (o: Any) => (o.orderitem_set[0].price = '-1.00')],
    ['a price that is a word', `${first}/price`, (o: Any) => (o.orderitem_set[0].price = 'free')],
    ['a fraction of a kuruş', `${first}/price`, (o: Any) => (o.orderitem_set[0].price = '39.805')],
    ['a discount below zero', `${first}/discount_amount`, (o: Any) => (o.orderitem_set[0].discount_amount = '-1')],
    ['more discount than price', `${first}/discount_amount`, (o: Any) => (o.orderitem_set[0].discount_amount = '40')],
    ['an unknown status', `${first}/status`, (o: Any) => (o.orderitem_set[0].status = '999')],
    ['two currencies', `${first}/price_currency`, (o: Any) => (o.orderitem_set[0].price_currency = 'eur')],
    ['no currency that exists', '/currency', (o: Any) => (o.currency = 'qqq')],
    ['an address without a line', '/shipping_address/line', (o: Any) => (o.shipping_address.line = ' ')],
    ['an address without a country', '/shipping_address/country', (o: Any) => (o.shipping_address.country = null)],
    ['the id of an address alone', '/shipping_address', (o: Any) => (o.shipping_address = 201)],
    ['a country that is none', '/billing_address/country/code', (o: Any) => (o.billing_address.country.code = 'tur')],
    [
      'a quantity of nothing',
      `${first}/attributes/quantity`,
      (o: Any) => (o.orderitem_set[0].attributes = { quantity: 0 }),
    ],
    [
      'units that do not divide the price',
      `${first}/price`,
      (o: Any) => (o.orderitem_set[0].attributes = { quantity: 3 }),
    ],
    ['a number that is none for us', '/number', (o: Any) => (o.number = 'R 1')],
    ['a channel without a name', '/channel', (o: Any) => (o.channel = 5)],
    ['a day that is none', '/date_placed', (o: Any) => (o.date_placed = 'yesterday')],
    ['an attribute that is no scalar or object', '/extra_field', (o: Any) => (o.extra_field = [1])],
  ])('%s', (_case, pointer, change) => {
    expect(read(omnitronOrder('R1001', change))).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
  });

  test.each([
    ['a store that we do not know', { pk: 99, name: 'Elsewhere', erp_code: 'S99' }],
    ['a store where nobody can collect', { pk: 13, name: 'Warehouse', erp_code: 'W1' }],
  ])('%s', (_case, store) => {
    expect(read(omnitronOrder('R1003', (one) => (one.shipping_address.retail_store = store)))).toMatchObject({
      ok: false,
      faults: [{ pointer: '/shipping_address/retail_store' }],
    });
  });
});

test('an amount that does not add up is told and taken', () => {
  expect(read(omnitronOrder('R1001'))).toMatchObject({ ok: true, warnings: [] });
  expect(read(omnitronOrder('R1001', (one) => (one.amount = '44.81')))).toMatchObject({
    ok: true,
    warnings: [expect.stringContaining('amount')],
  });
});

test('every field of our order has its row in the mapping', () => {
  const documented = mappedFields().map(({ ours }) => ours);
  const { lines, customer, shippingAddress, billingAddress, delivery, ...rest } = ourOrder.shape;
  const inner = (name: string, shape: object) => Object.keys(shape).map((field) => `${name}.${field}`);

  const address = (name: string) => inner(name, shippingAddress.shape);
  expect(documented.sort()).toEqual(
    [
      ...Object.keys(rest),
      ...inner('lines[]', lines.element.shape),
      ...inner('customer', customer.shape),
      ...address('shippingAddress'),
      ...address('billingAddress'),
      ...inner('delivery', delivery.shape),
    ].sort(),
  );
  expect(billingAddress.def.innerType).toBe(shippingAddress);
});

test('every field that the mapping names is in the orders of the contract', () => {
  const has = (value: Any, [key, ...rest]: string[]): boolean => {
    if (value === null || key === undefined) return key === undefined;
    if (key.endsWith('[]')) return value[key.slice(0, -2)].some((one: unknown) => has(one, rest));
    return Object.hasOwn(value, key) && has(value[key], rest);
  };

  const sources = mappedFields().flatMap(({ from }) => from);

  expect(sources.filter((source) => !omnitronOrders().some((one) => has(one, source.split('/'))))).toEqual([]);
});
