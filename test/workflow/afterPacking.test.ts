import { eventually } from '../support/eventually.js';
import { openShop, type Shop } from './support/shop.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld();
  shop = openShop(world);
});

beforeEach(() => shop.restock());

afterAll(() => world.close());

test('pack_for_refund closes the package and counts its units as refunded', async () => {
  const { order, number } = await shop.packageOf();

  expect(await world.command(number, { command: 'pack_for_refund' })).toMatchObject({ state: 'packed_for_refund' });

  await world.orderIn(order, 'completed');
  expect(await shop.quantitiesOf(order)).toMatchObject([{ refunded: 2 }, { refunded: 1 }]);
  expect(await shop.holdsOf(order)).toEqual([]);
});

describe('return', () => {
  test('of a part counts it as returned, and the rest is delivered', async () => {
    const { order, number } = await shop.packageOf();
    await world.command(number, { command: 'pack', withShipment: false });
    await world.command(number, { command: 'ship', withoutIntegration: true });

    const rest = await world.command(number, {
      command: 'return',
      items: [{ id: '1', quantity: 1, condition: 'opened', restock: true }],
    });
    expect(rest).toMatchObject({
      state: 'shipped',
      items: [{ returns: [{ quantity: 1, condition: 'opened', restock: true }] }, {}],
    });
    await world.command(number, { command: 'deliver' });

    await world.orderIn(order, 'completed');
    expect(await shop.quantitiesOf(order)).toMatchObject([
      { delivered: 1, shipped: 1, returned: 1 },
      { delivered: 1, returned: 0 },
    ]);
  });

  test('of the last units ends the package as returned', async () => {
    const { order, number } = await shop.packageOf();
    await world.command(number, { command: 'pack', withShipment: false });
    await world.command(number, { command: 'ship', withoutIntegration: true });
    await world.command(number, { command: 'return', items: [{ id: '1', quantity: 2 }] });

    await expect(world.command(number, { command: 'return', items: [{ id: '1', quantity: 1 }] })).rejects.toMatchObject(
      { options: { errors: [{ pointer: '/items/0/quantity' }] } },
    );
    expect(await world.command(number, { command: 'return' })).toMatchObject({ state: 'returned' });

    await world.orderIn(order, 'completed');
    expect(await shop.quantitiesOf(order)).toMatchObject([
      { shipped: 2, returned: 2 },
      { shipped: 1, returned: 1 },
    ]);
  });
});

describe('hand_over', () => {
  const ready = async () => {
    const { number } = await shop.packageOf({ delivery: { type: 'click_and_collect', pickupLocation: 'S1' } });
    await world.command(number, { command: 'pack', withShipment: false });
    return world.command(number, { command: 'ready_for_pickup' });
  };

  test('takes the code that the customer was told', async () => {
    const { number, pickup } = await ready();

    expect(pickup).toMatchObject({ code: expect.stringMatching(/^\d{6}$/) as string, attemptsLeft: 5 });
    expect(await world.command(number, { command: 'hand_over', pickupCode: pickup!.code })).toMatchObject({
      state: 'delivered',
    });
  });

  test('refuses a wrong code, five times, and then every code', async () => {
    const { number, pickup } = await ready();
    const wrong = pickup!.code === '000000' ? '000001' : '000000';

    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(world.command(number, { command: 'hand_over', pickupCode: wrong })).rejects.toMatchObject({
        options: { errors: [{ pointer: '/pickupCode' }] },
      });
    }

    await expect(world.command(number, { command: 'hand_over', pickupCode: pickup!.code })).rejects.toMatchObject({
      code: 'request.unprocessable',
    });
    expect(await world.command(number, { command: 'deliver' })).toMatchObject({ state: 'delivered' });
  });
});

describe('shipment and invoice', () => {
  test('update_shipment gives the parcel another number, and tracking goes on with it', async () => {
    const { number } = await shop.packageOf();
    await world.command(number, { command: 'pack' });
    await world.command(number, { command: 'ship' });

    const updated = await world.command(number, {
      command: 'update_shipment',
      carrier: 'swift',
      trackingNumber: 'OTHER-1',
    });
    world.carrier.script(number, ['DELIVERED'], () => Promise.resolve());

    expect(updated.shipment).toMatchObject({ carrier: 'swift', trackingNumber: 'OTHER-1' });
    expect(await world.packageIn(number, 'delivered')).toMatchObject({ shipment: { trackingNumber: 'OTHER-1' } });
  });

  test('update_label opens the shipment before packing, and the label is there', async () => {
    const { number } = await shop.packageOf();
    await world.command(number, { command: 'prepare' });

    const labelled = await world.command(number, { command: 'update_label' });

    expect(labelled).toMatchObject({ state: 'preparing', shipment: { carrier: 'swift' } });
    expect(labelled.shipment?.trackingNumber).toBeTruthy();
  });

  test.each([
    ['cancelled', { command: 'cancel', reason: 'customer' }],
    ['refused', { command: 'refuse', reason: 'damaged' }],
  ] as const)('a label that was fetched before packing is taken back when the package is %s', async (_how, command) => {
    const { number } = await shop.packageOf();
    await world.command(number, { command: 'prepare' });
    await world.command(number, { command: 'update_label' });
    expect(world.carrier.shipments.has(number)).toBe(true);

    await world.command(number, command);

    await eventually(() => Promise.resolve(!world.carrier.shipments.has(number)), 'the shipment to be deleted');
  });

  test('update_invoice keeps number and document, and asks for both', async () => {
    const { number } = await shop.packageOf();
    await world.command(number, { command: 'pack', withShipment: false });
    const invoice = { number: 'I-1', type: 'e-archive', date: '2026-11-23' };

    await expect(world.command(number, { command: 'update_invoice', ...invoice })).rejects.toMatchObject({
      options: { errors: [{ pointer: '/url' }] },
    });
    const updated = await world.command(number, {
      command: 'update_invoice',
      ...invoice,
      url: 'https://invoices.example.com/I-1.pdf',
    });

    expect(updated.invoice).toEqual({ ...invoice, url: 'https://invoices.example.com/I-1.pdf' });
  });
});
