import type { Minor } from './order/order.js';

/** A sum of money: whole minor units of one ISO 4217 currency. */
export interface Money {
  readonly amount: Minor;
  readonly currency: string;
}

/** What so many pieces cost: unit price times quantity. Whole, because both are. */
export function valueOf(pieces: readonly { readonly unitPrice: Minor; readonly quantity: number }[]): Minor {
  return pieces.reduce((sum, piece) => sum + piece.unitPrice * piece.quantity, 0);
}
