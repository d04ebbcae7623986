import type { PackageRecord } from '../domain/package/package.js';
import { barcode } from './barcode.js';
import { LABELS, type DocumentLanguage, type Labels } from './labels.js';
import { bold, left, makePdf, plain, table, widthOf, type Pdf } from './pdf.js';

type Picked = Pick<PackageRecord, 'number' | 'location' | 'items' | 'dueAt'>;

/**
 * What is to be fetched for some packages, as one PDF: for each location its goods by SKU with the packages that they
 * go into, so that one walk fetches them all. Of a single package with its barcode.
 */
export async function pickList(packages: readonly Picked[], language: DocumentLanguage, at: Date): Promise<Buffer> {
  const labels = LABELS[language];
  const locations = [...new Set(packages.map(({ location }) => location))].sort();
  return makePdf({ title: labels.pickList, labels, at }, async (pdf) => {
    for (const [index, location] of locations.entries()) {
      if (index > 0) pdf.addPage();
      const own = packages.filter((parcel) => parcel.location === location);
      await drawLocation(pdf, { location, packages: own }, labels);
    }
  });
}

async function drawLocation(
  pdf: Pdf,
  { location, packages }: { location: string; packages: readonly Picked[] },
  labels: Labels,
): Promise<void> {
  const top = pdf.y;
  bold(pdf, 18).text(`${labels.pickList} · ${location}`, left, top);
  const [only] = packages;
  if (only && packages.length === 1) {
    bold(pdf, 13).text(only.number);
    pdf.image(await barcode(only.number), left + widthOf(pdf) - 180, top, { fit: [180, 40] });
    pdf.y = top + 55;
  } else {
    plain(pdf).text(`${labels.packages}: ${packages.length}`);
    pdf.moveDown();
  }
  const dues = packages.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])).sort();
  if (dues[0] !== undefined)
    plain(pdf)
      .text(`${labels.due}: ${dues[0].slice(0, 16).replace('T', ' ')} UTC`, left)
      .moveDown();
  table(
    pdf,
    [{ share: 0.6 }, { share: 3 }, { share: 5 }, { share: 1.4, align: 'right' }, { share: 4 }],
    [['', labels.sku, labels.product, labels.quantity, labels.packages], ...rowsOf(packages, labels)],
  );
}

/** By SKU, in the order of the codes: shelves are. What transfers bring is not on a shelf yet. */
function rowsOf(packages: readonly Picked[], labels: Labels): string[][] {
  const items = packages.flatMap(({ number, items: own }) => own.map((item) => ({ ...item, parcel: number })));
  const skus = [...new Set(items.map(({ sku }) => sku))].sort();
  return skus.map((sku) => {
    const wanted = items.filter((item) => item.sku === sku);
    const here = wanted.map(({ quantity, awaited = 0, parcel }) => ({ units: quantity - awaited, awaited, parcel }));
    const units = here.reduce((sum, part) => sum + part.units, 0);
    const goesInto = here.map(({ units: n, awaited, parcel }) => {
      const coming = awaited > 0 ? ` (+${awaited} ${labels.comesByTransfer})` : '';
      return `${parcel} × ${n}${coming}`;
    });
    const product = [wanted[0]?.name, wanted[0]?.barcode].filter((text) => text !== undefined).join('\n');
    return ['☐', sku, product, String(units), goesInto.join('\n')];
  });
}
