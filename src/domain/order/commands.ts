import type { Address } from './order.js';

/** So many units of an order line. */
export interface LineUnits {
  /** The line's id. */
  readonly id: string;
  readonly quantity: number;
}

/** Cancels what has not left, or only some units of it. */
export interface CancelOrder {
  readonly command: 'cancel';
  /** Code of a cancellation reason. */
  readonly reason: string;
  readonly note?: string;
  /** Only these units, all of them or none; the whole order when absent. */
  readonly lines?: readonly LineUnits[];
}

export interface HoldOrder {
  readonly command: 'hold';
  /** For people. */
  readonly reason: string;
}

export interface ChangeAddress {
  readonly command: 'change_address';
  readonly address: Address;
}

export interface ChangePriority {
  readonly command: 'change_priority';
  /** 1 (first) to 5. */
  readonly priority: number;
}

/** What a caller asks of an order. The HTTP body, as it is. */
export type OrderCommand =
  | CancelOrder
  | HoldOrder
  | { readonly command: 'release' }
  | ChangeAddress
  | ChangePriority
  | { readonly command: 'replan' };

export const ORDER_COMMANDS = [
  'cancel',
  'hold',
  'release',
  'change_address',
  'change_priority',
  'replan',
] as const satisfies readonly OrderCommand['command'][];
