import type { Lifecycle, StateDefinition } from './lifecycle.js';

export const TRANSFER_STATES = {
  waiting: { code: 100, final: false, meaning: 'the source must pick' },
  ready_to_shipment: { code: 200, final: false, meaning: 'packed at the source', isOptional: true },
  in_transit: { code: 300, final: false, meaning: 'carrier or own van' },
  transferred: { code: 700, final: true, meaning: 'arrived at the destination' },
  cancelled: { code: 1000, final: true, meaning: 'ended without arriving' },
} as const satisfies Record<string, StateDefinition>;

export type TransferState = keyof typeof TRANSFER_STATES;

export type TransferCommandName = 'ready' | 'dispatch' | 'receive' | 'report_missing' | 'cancel';

/** The default life cycle of a transfer, row for row as the specification lists it. */
export const TRANSFER_LIFECYCLE: Lifecycle<TransferState, TransferCommandName> = {
  name: 'default',
  version: 1,
  initial: ['waiting'],
  states: TRANSFER_STATES,
  transitions: [
    { command: 'ready', from: ['waiting'], to: ['ready_to_shipment'], by: 'caller', may: 'be_off' },
    { command: 'dispatch', from: ['waiting', 'ready_to_shipment'], to: ['in_transit'], by: 'caller' },
    { command: 'receive', from: ['in_transit'], to: ['transferred'], by: 'caller' },
    { command: 'report_missing', from: ['waiting'], to: ['cancelled'], by: 'caller', may: 'be_off' },
    { command: 'cancel', from: ['waiting', 'ready_to_shipment'], to: ['cancelled'], by: 'caller', may: 'be_hidden' },
  ],
};
