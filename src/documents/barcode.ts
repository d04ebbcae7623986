import bwip from 'bwip-js/node';

/** The number as Code 128, for the hand scanners of a warehouse. PNG. */
export const barcode = (number: string): Promise<Buffer> =>
  bwip.toBuffer({ bcid: 'code128', text: number, scale: 3, height: 10 });

/** The number as a QR code, for telephones. PNG. */
export const qrCode = (number: string): Promise<Buffer> => bwip.toBuffer({ bcid: 'qrcode', text: number, scale: 3 });
