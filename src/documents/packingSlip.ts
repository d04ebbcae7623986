import type { Location } from '../domain/configuration/location.js';
import type { Address, Order } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import { barcode, qrCode } from './barcode.js';
import { LABELS, type DocumentLanguage, type Labels } from './labels.js';
import { bold, left, makePdf, plain, table, widthOf, type Pdf } from './pdf.js';

/** A package with what is printed beside it. */
export interface Slip {
  readonly parcel: PackageRecord;
  /** As it is to be sent now: with the address that it was changed to. */
  readonly order: Pick<
    Order,
    'number' | 'placedAt' | 'customer' | 'shippingAddress' | 'shippingOption' | 'delivery' | 'notes'
  >;
  readonly location: Pick<Location, 'code' | 'name' | 'address'> | null;
}

/** Packing slips of some packages, each on pages of its own, as one PDF. */
export async function packingSlips(slips: readonly Slip[], language: DocumentLanguage, at: Date): Promise<Buffer> {
  const labels = LABELS[language];
  const title = [labels.packingSlip, ...(slips.length === 1 ? slips.map(({ parcel }) => parcel.number) : [])].join(' ');
  return makePdf({ title, labels, at }, async (pdf) => {
    for (const [index, slip] of slips.entries()) {
      if (index > 0) pdf.addPage();
      await drawSlip(pdf, slip, labels);
    }
  });
}

async function drawSlip(pdf: Pdf, slip: Slip, labels: Labels): Promise<void> {
  const { parcel } = slip;
  const { number, items } = parcel;
  const top = pdf.y;
  bold(pdf, 18).text(labels.packingSlip, left, top);
  bold(pdf, 13).text(number);
  pdf.image(await barcode(number), left + widthOf(pdf) - 260, top, { fit: [180, 40] });
  pdf.image(await qrCode(number), left + widthOf(pdf) - 60, top, { fit: [60, 60] });
  pdf.y = top + 75;
  facts(pdf, factsOf(slip, labels));
  pdf.moveDown();
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  table(
    pdf,
    [{ share: 3 }, { share: 7 }, { share: 2, align: 'right' }],
    [
      [labels.sku, labels.product, labels.quantity],
      ...items.map((item) => [item.sku, productOf(item, labels), String(item.quantity)]),
      ['', labels.total, String(units)],
    ],
  );
  if (slip.order.notes !== undefined) {
    pdf.moveDown();
    facts(pdf, [[labels.notes, slip.order.notes]]);
  }
}

function productOf({ name, barcode: code, sku, orderedSku }: PackageRecord['items'][number], labels: Labels): string {
  const replaced = orderedSku === undefined || orderedSku === sku ? [] : [`${labels.insteadOf} ${orderedSku}`];
  return [name, ...(code === undefined ? [] : [code]), ...replaced].join('\n');
}

function factsOf({ parcel, order, location }: Slip, labels: Labels): [string, string][] {
  const { customer, delivery, shippingAddress } = order;
  const name = `${customer.firstName} ${customer.lastName}`;
  const isCollected = delivery.type === 'click_and_collect';
  const { shipment, invoice } = parcel;
  return [
    [labels.order, order.number],
    [labels.placed, order.placedAt.slice(0, 10)],
    [labels.from, location ? [location.name, ...linesOf(location.address)].join('\n') : parcel.location],
    isCollected ? [labels.collect, name] : [labels.to, [name, ...linesOf(shippingAddress)].join('\n')],
    [labels.shipping, [order.shippingOption, shipment?.carrier].filter(Boolean).join(' · ')],
    ...(shipment?.trackingNumber ? [[labels.tracking, shipment.trackingNumber] as [string, string]] : []),
    ...(invoice ? [[labels.invoice, invoice.number] as [string, string]] : []),
  ];
}

function linesOf({ line, neighbourhood, district, postcode, state, country }: Address): string[] {
  const place = [postcode, neighbourhood, district].filter(Boolean).join(' ');
  return [line, place, [state, country].filter(Boolean).join(', ')].filter(
    (text) => text !== undefined && text !== '',
  ) as string[];
}

/** Names on the left, what they are on the right. */
function facts(pdf: Pdf, rows: readonly (readonly [name: string, text: string])[]): void {
  for (const [name, text] of rows) {
    const { y } = pdf;
    bold(pdf).text(name, left, y, { width: 100 });
    const end = pdf.y;
    plain(pdf).text(text, left + 105, y, { width: widthOf(pdf) - 105 });
    pdf.y = Math.max(pdf.y, end) + 4;
    pdf.x = left;
  }
}
