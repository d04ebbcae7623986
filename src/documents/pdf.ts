import { createRequire } from 'node:module';

import PDFDocument from 'pdfkit';

import type { Labels } from './labels.js';

export type Pdf = InstanceType<typeof PDFDocument>;

const require = createRequire(import.meta.url);
// The standard fonts of PDF have no Turkish letters.
const FONTS = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};

const MARGIN = 40;
const FOOTER_SIZE = 8;

interface Made {
  readonly title: string;
  readonly labels: Labels;
  /** Printed into the file, so that the same content gives the same bytes. */
  readonly at: Date;
}

/** An A4 document; `draw` begins on its first page. Pages are numbered in the end. */
export async function makePdf({ title, labels, at }: Made, draw: (pdf: Pdf) => void | Promise<void>): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: title, CreationDate: at },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, file);
  plain(pdf);
  await draw(pdf);
  numberPages(pdf, `${title} · ${labels.page}`);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function numberPages(pdf: Pdf, text: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(start + index);
    // Below the margin, where text would otherwise begin a new page.
    pdf.page.margins.bottom = 0;
    const y = pdf.page.height - MARGIN / 2 - FOOTER_SIZE;
    pdf
      .font('plain')
      .fontSize(FOOTER_SIZE)
      .text(`${text} ${index + 1} / ${count}`, MARGIN, y, { lineBreak: false });
  }
}

export const plain = (pdf: Pdf, size = 10): Pdf => pdf.font('plain').fontSize(size);

export const bold = (pdf: Pdf, size = 10): Pdf => pdf.font('bold').fontSize(size);

/** Ends the lines of a page where the margin begins; what is longer goes on at the top of the next. */
export const left = MARGIN;

export const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * MARGIN;

/** A table over the whole width; the first row is its heading and comes again on each page. */
export function table(pdf: Pdf, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const [heading = [], ...body] = rows;
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / whole) * widthOf(pdf));
  const print = (cells: readonly string[], isHeading: boolean): void => {
    (isHeading ? bold : plain)(pdf, 9);
    const height = Math.max(
      ...cells.map((cell, index) => pdf.heightOfString(cell, { width: (widths[index] ?? 0) - 6 })),
    );
    if (pdf.y + height > pdf.page.height - MARGIN - FOOTER_SIZE) {
      pdf.addPage();
      if (!isHeading) print(heading, true);
    }
    (isHeading ? bold : plain)(pdf, 9);
    const { y } = pdf;
    let x = left;
    for (const [index, cell] of cells.entries()) {
      const width = widths[index] ?? 0;
      pdf.text(cell, x, y, { width: width - 6, align: columns[index]?.align ?? 'left' });
      x += width;
    }
    pdf.y = y + height + 4;
    pdf
      .moveTo(left, pdf.y - 2)
      .lineTo(left + widthOf(pdf), pdf.y - 2)
      .lineWidth(isHeading ? 1 : 0.3)
      .stroke();
    pdf.y += 2;
    pdf.x = left;
  };
  print(heading, true);
  for (const row of body) print(row, false);
}

interface Column {
  /** Of the width, relative to the other columns. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}
