/** What a caller asks of an order. The HTTP body, as it is. */
export interface OrderCommand {
  readonly command: 'cancel';
  /** Code of a cancellation reason. */
  readonly reason: string;
  readonly note?: string;
}
