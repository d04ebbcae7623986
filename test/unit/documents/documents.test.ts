import { packingSlips, type Slip } from '../../../src/documents/packingSlip.js';
import { pickList } from '../../../src/documents/pickList.js';
import type { PackageItem } from '../../../src/domain/package/package.js';
import { orderBody, parcel } from '../../component/api/support/orders.js';
import { pdfText } from '../../support/pdfText.js';

const AT = new Date('2026-11-23T09:00:00Z');

const item = (id: string, more: Partial<PackageItem> = {}): PackageItem => ({
  ...{ id, lineId: id, sku: `SKU-${id}`, name: `Ürün ${id}`, quantity: 1, unitPrice: 1990 },
  ...more,
});

const slip = (n: number, more: Partial<Slip> = {}): Slip => ({
  parcel: parcel('R1', n, { items: [item('1', { quantity: 2, barcode: '8690000000012' }), item('2')] }),
  order: {
    ...(orderBody('R1', { notes: 'Kapıcıya bırakın' }) as unknown as Slip['order']),
    customer: { type: 'individual', firstName: 'Şule', lastName: 'Işık' },
    shippingAddress: { country: 'TR', state: 'İstanbul', district: 'Kadıköy', line: 'Moda Cd. 1', postcode: '34710' },
  },
  location: { code: 'S1', name: 'Mağaza Çağlayan', address: { country: 'TR', state: 'İstanbul' } },
  ...more,
});

describe('a packing slip', () => {
  test('has number, addresses, items and their sum, with Turkish letters as they are', async () => {
    const [page = ''] = await pdfText(await packingSlips([slip(1)], 'en', AT));

    for (const text of ['Packing slip', 'R1P1', 'Şule Işık', 'Moda Cd. 1', '34710 Kadıköy', 'Mağaza Çağlayan'])
      expect(page).toContain(text);
    expect(page).toContain('Kapıcıya bırakın');
    expect(page).toMatch(/SKU-1\s+Ürün 1\s+8690000000012\s+2/);
    expect(page).toMatch(/Total\s+3/);
  });

  test('says what goes instead of what', async () => {
    const replaced = parcel('R1', 1, { items: [item('1', { sku: 'BLUE', orderedSku: 'RED' })] });

    const [page] = await pdfText(await packingSlips([slip(1, { parcel: replaced })], 'en', AT));

    expect(page).toContain('instead of RED');
  });

  test('that is collected names who collects, and no address', async () => {
    const collected = slip(1);
    const order = { ...collected.order, delivery: { type: 'click_and_collect' as const, pickupLocation: 'S1' } };

    const [page] = await pdfText(await packingSlips([{ ...collected, order }], 'en', AT));

    expect(page).toContain('Collected by');
    expect(page).not.toContain('Moda Cd. 1');
  });

  test('speaks Turkish when asked', async () => {
    const [page] = await pdfText(await packingSlips([slip(1)], 'tr', AT));

    expect(page).toContain('Sevk fişi');
    expect(page).toContain('Teslimat adresi');
  });

  test('of several packages begins a page for each', async () => {
    const pages = await pdfText(await packingSlips([slip(1), slip(2), slip(3)], 'en', AT));

    expect(pages.map((page) => /R1P\d/.exec(page)?.[0])).toEqual(['R1P1', 'R1P2', 'R1P3']);
    expect(pages[2]).toContain('3 / 3');
  });

  test('of 200 items goes on over pages, each with the heading of the table, and loses none', async () => {
    const items = Array.from({ length: 200 }, (_, index) => item(String(index + 1)));

    const pages = await pdfText(await packingSlips([slip(1, { parcel: parcel('R1', 1, { items }) })], 'en', AT));

    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toMatch(/SKU\s+Product\s+Quantity/);
    const found = new Set(pages.join(' ').match(/SKU-\d+/g));
    expect(found.size).toBe(200);
  });

  test('is the same file for the same content', async () => {
    const [one, other] = await Promise.all([packingSlips([slip(1)], 'en', AT), packingSlips([slip(1)], 'en', AT)]);

    expect(one.equals(other)).toBe(true);
  });
});

describe('a pick list', () => {
  test('of one package has its items and its number', async () => {
    const [page] = await pdfText(await pickList([parcel('R1', 1)], 'en', AT));

    expect(page).toContain('Pick list · S1');
    expect(page).toMatch(/SKU-1\s+Mug\s+2\s+R1P1 × 2/);
  });

  test('of several gathers each SKU once, with the packages that it goes into', async () => {
    const one = parcel('R1', 1, { items: [item('1', { quantity: 2 })] });
    const other = parcel('R2', 1, { items: [item('1', { quantity: 3 }), item('2')] });

    const [page] = await pdfText(await pickList([one, other], 'en', AT));

    expect(page).toMatch(/SKU-1\s+Ürün 1\s+5\s+R1P1 × 2\s+R2P1 × 3/);
    expect(page).toMatch(/SKU-2\s+Ürün 2\s+1\s+R2P1 × 1/);
  });

  test('has a page for each location', async () => {
    const pages = await pdfText(await pickList([parcel('R1', 1), parcel('R1', 2, { location: 'W1' })], 'en', AT));

    expect(pages.map((page) => /Pick list · (\w+)/.exec(page)?.[1])).toEqual(['S1', 'W1']);
  });

  test('does not send anybody for what transfers bring', async () => {
    const waiting = parcel('R1', 1, { items: [item('1', { quantity: 5, awaited: 2 })] });

    const [page] = await pdfText(await pickList([waiting], 'en', AT));

    expect(page).toMatch(/SKU-1\s+Ürün 1\s+3\s+R1P1 × 3 \(\+2 by transfer\)/);
  });
});
