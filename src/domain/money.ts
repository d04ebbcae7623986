import type { Minor } from './order/order.js';

/**
 * What so many pieces cost, in whole minor units of the order's currency: unit price times quantity. There
 * is no floating point and no rounding anywhere, because both factors are whole.
 */
export function valueOf(pieces: readonly { readonly unitPrice: Minor; readonly quantity: number }[]): Minor {
  return pieces.reduce((sum, piece) => sum + piece.unitPrice * piece.quantity, 0);
}
