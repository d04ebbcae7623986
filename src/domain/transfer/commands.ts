import type { MISSING_KINDS } from '../package/commands.js';

/** Units of a transfer item that arrived at the destination. */
export interface ReceivedUnits {
  /** The item's id in the transfer. */
  readonly id: string;
  /** From 0 to the quantity that was sent. */
  readonly receivedQuantity: number;
}

/** Units that the source does not have. */
export interface MissingTransferUnits {
  readonly id: string;
  readonly quantity: number;
  readonly kind?: (typeof MISSING_KINDS)[number];
}

/** What the source, the destination or a person asks of a transfer. The HTTP body, as it is. */
export type TransferCommand =
  | { readonly command: 'ready'; readonly carrier?: string; readonly trackingNumber?: string }
  | { readonly command: 'dispatch' }
  | {
      readonly command: 'receive';
      /** An item that is not named arrived in full. */
      readonly items?: readonly ReceivedUnits[];
    }
  | {
      readonly command: 'report_missing';
      /** Default: all of them. The transfer ends in any case; what is not missing is planned again as well. */
      readonly items?: readonly MissingTransferUnits[];
    }
  | { readonly command: 'cancel'; readonly reason?: string; readonly note?: string };

/** The command of that name. */
export type TransferCommandOf<Name extends TransferCommand['command']> = Extract<
  TransferCommand,
  { readonly command: Name }
>;
