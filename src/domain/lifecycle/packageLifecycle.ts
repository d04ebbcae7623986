import type { Lifecycle, StateDefinition } from './lifecycle.js';

export const PACKAGE_STATES = {
  waiting: { code: 100, final: false, meaning: 'to be prepared; reserved at the location' },
  waiting_remote_action: { code: 150, final: false, meaning: 'an outside system must act first' },
  preparing: { code: 200, final: false, meaning: 'staff picks', isOptional: true },
  waiting_for_transfer: { code: 300, final: false, meaning: 'has open transfers' },
  ready_for_packaging: { code: 400, final: false, meaning: 'picked', isOptional: true },
  waiting_cargo_label: { code: 450, final: false, meaning: 'packed, carrier label not there yet' },
  packed: { code: 500, final: false, meaning: 'packed' },
  shipped: { code: 600, final: false, meaning: 'handed to the carrier' },
  ready_for_pickup: { code: 620, final: false, meaning: 'the customer can collect it', isOptional: true },
  attempted_delivery: { code: 640, final: false, meaning: 'the carrier did not find the customer', isOptional: true },
  delivered: { code: 700, final: true, meaning: 'with the customer' },
  delivery_failed: { code: 750, final: false, meaning: 'the carrier gave up', isOptional: true },
  returned: { code: 760, final: true, meaning: 'came back' },
  needs_rescheduling: { code: 910, final: false, meaning: 'refused; being planned again' },
  out_of_stock: { code: 920, final: false, meaning: 'parked, or reported missing' },
  blocked: { code: 930, final: false, meaning: 'suspended; reservation kept' },
  stale_waiting: { code: 940, final: false, meaning: 'waited too long; a person decides' },
  cancellation_waiting: { code: 980, final: false, meaning: 'cancel asked after packing, outcome open' },
  cancelled: { code: 1000, final: true, meaning: 'ended without delivery' },
  packed_for_refund: { code: 1100, final: true, meaning: 'closed so that the items can be refunded', isOptional: true },
} as const satisfies Record<string, StateDefinition>;

export type PackageState = keyof typeof PACKAGE_STATES;

/** What callers ask for, and behind it what timers, transfers, the order and tracking do by themselves. */
export type PackageCommandName =
  | 'prepare'
  | 'ready'
  | 'prepare_items'
  | 'deallocate'
  | 'pack'
  | 'refuse'
  | 'report_missing'
  | 'replace_product'
  | 'block'
  | 'unblock'
  | 'release'
  | 'reschedule'
  | 'plan_manually'
  | 'update_label'
  | 'update_invoice'
  | 'ship'
  | 'update_shipment'
  | 'ready_for_pickup'
  | 'hand_over'
  | 'attempt_delivery'
  | 'deliver'
  | 'fail_delivery'
  | 'return'
  | 'pack_for_refund'
  | 'cancel'
  | 'confirm_cancellation'
  | 'refuse_cancellation'
  | 'transfers_arrived'
  | 'supply_lost'
  | 'label_arrived'
  | 'replanned'
  | 'grow_stale'
  | 'not_accepted'
  | 'track_attempt'
  | 'track_delivered'
  | 'track_failed'
  | 'track_returned';

const BEFORE_PACKED = [
  'waiting',
  'waiting_remote_action',
  'preparing',
  'waiting_for_transfer',
  'ready_for_packaging',
  'out_of_stock',
  'blocked',
  'stale_waiting',
] as const;
const PACKED_AND_LATER = [
  'packed',
  'shipped',
  'ready_for_pickup',
  'attempted_delivery',
  'delivered',
  'delivery_failed',
] as const;
const ON_THE_WAY = ['shipped', 'attempted_delivery', 'delivery_failed', 'ready_for_pickup'] as const;

/** The default life cycle of a package, row for row as the specification lists it. */
export const PACKAGE_LIFECYCLE: Lifecycle<PackageState, PackageCommandName> = {
  name: 'default',
  version: 1,
  initial: ['waiting', 'waiting_remote_action', 'waiting_for_transfer', 'out_of_stock'],
  states: PACKAGE_STATES,
  transitions: [
    { command: 'prepare', from: ['waiting'], to: ['preparing'], by: 'caller', may: 'be_off' },
    { command: 'ready', from: ['waiting', 'preparing'], to: ['ready_for_packaging'], by: 'caller', may: 'be_off' },
    {
      command: 'prepare_items',
      from: ['waiting', 'preparing'],
      to: ['preparing', 'out_of_stock'],
      by: 'caller',
      may: 'be_off',
    },
    { command: 'deallocate', from: ['waiting'], to: ['preparing'], by: 'caller', may: 'be_off' },
    {
      command: 'pack',
      from: ['waiting', 'preparing', 'ready_for_packaging'],
      to: ['packed', 'waiting_cargo_label'],
      by: 'caller',
    },
    {
      command: 'refuse',
      from: ['waiting', 'waiting_remote_action', 'preparing'],
      to: ['needs_rescheduling'],
      by: 'caller',
      may: 'be_off',
    },
    {
      command: 'report_missing',
      from: ['waiting', 'preparing', 'ready_for_packaging'],
      to: ['unchanged', 'out_of_stock'],
      by: 'caller',
      may: 'be_off',
    },
    { command: 'replace_product', from: ['waiting', 'preparing'], to: ['unchanged'], by: 'caller', may: 'be_off' },
    {
      command: 'block',
      from: ['waiting', 'waiting_remote_action', 'preparing', 'ready_for_packaging'],
      to: ['blocked'],
      by: 'caller',
      may: 'be_hidden',
    },
    { command: 'unblock', from: ['blocked'], to: ['before'], by: 'caller', may: 'be_hidden' },
    { command: 'release', from: ['waiting_remote_action'], to: ['waiting'], by: 'caller' },
    // What is parked stays so until it has a place.
    { command: 'reschedule', from: ['out_of_stock'], to: ['unchanged'], by: 'caller', may: 'be_off' },
    { command: 'reschedule', from: ['stale_waiting'], to: ['needs_rescheduling'], by: 'caller', may: 'be_off' },
    {
      command: 'plan_manually',
      from: [...BEFORE_PACKED, 'needs_rescheduling'],
      to: ['cancelled'],
      by: 'caller',
      may: 'be_off',
    },
    {
      command: 'update_label',
      from: ['preparing', 'waiting_cargo_label', 'packed', 'shipped'],
      to: ['unchanged', 'packed'],
      by: 'caller',
      may: 'be_off',
    },
    { command: 'update_invoice', from: [...PACKED_AND_LATER], to: ['unchanged'], by: 'caller', may: 'be_off' },
    { command: 'ship', from: ['packed'], to: ['shipped'], by: 'caller' },
    {
      command: 'update_shipment',
      from: ['packed', 'shipped', 'attempted_delivery', 'delivered'],
      to: ['unchanged'],
      by: 'caller',
      may: 'be_off',
    },
    { command: 'ready_for_pickup', from: ['packed', 'shipped'], to: ['ready_for_pickup'], by: 'caller', may: 'be_off' },
    { command: 'hand_over', from: ['ready_for_pickup'], to: ['delivered'], by: 'caller', may: 'be_off' },
    { command: 'attempt_delivery', from: [...ON_THE_WAY], to: ['attempted_delivery'], by: 'caller', may: 'be_off' },
    { command: 'deliver', from: [...ON_THE_WAY], to: ['delivered'], by: 'caller' },
    { command: 'fail_delivery', from: [...ON_THE_WAY], to: ['delivery_failed'], by: 'caller', may: 'be_off' },
    { command: 'return', from: [...ON_THE_WAY], to: ['returned', 'unchanged'], by: 'caller', may: 'be_off' },
    {
      command: 'pack_for_refund',
      from: ['waiting', 'out_of_stock', 'stale_waiting'],
      to: ['packed_for_refund'],
      by: 'caller',
      may: 'be_off',
    },
    {
      command: 'cancel',
      from: [...BEFORE_PACKED, 'needs_rescheduling'],
      to: ['cancelled'],
      by: 'caller',
      may: 'be_hidden',
    },
    {
      command: 'cancel',
      from: ['waiting_cargo_label', 'packed'],
      to: ['cancellation_waiting', 'cancelled'],
      by: 'caller',
      may: 'be_hidden',
    },
    {
      command: 'confirm_cancellation',
      from: ['cancellation_waiting'],
      to: ['cancelled'],
      by: 'caller',
      may: 'be_hidden',
    },
    { command: 'refuse_cancellation', from: ['cancellation_waiting'], to: ['before'], by: 'caller', may: 'be_hidden' },
    { command: 'transfers_arrived', from: ['waiting_for_transfer'], to: ['waiting'], by: 'system' },
    { command: 'supply_lost', from: ['waiting_for_transfer'], to: ['out_of_stock'], by: 'system' },
    { command: 'label_arrived', from: ['waiting_cargo_label'], to: ['packed'], by: 'system' },
    { command: 'replanned', from: ['needs_rescheduling', 'out_of_stock'], to: ['cancelled'], by: 'system' },
    { command: 'grow_stale', from: ['waiting'], to: ['stale_waiting'], by: 'system' },
    { command: 'not_accepted', from: ['waiting'], to: ['needs_rescheduling'], by: 'system' },
    { command: 'track_attempt', from: ['shipped'], to: ['attempted_delivery'], by: 'system' },
    {
      command: 'track_delivered',
      from: ['shipped', 'attempted_delivery', 'ready_for_pickup', 'delivery_failed'],
      to: ['delivered'],
      by: 'system',
    },
    { command: 'track_failed', from: ['shipped', 'attempted_delivery'], to: ['delivery_failed'], by: 'system' },
    {
      command: 'track_returned',
      from: ['shipped', 'attempted_delivery', 'delivery_failed', 'ready_for_pickup'],
      to: ['returned'],
      by: 'system',
    },
  ],
};

/** Open packages count against the location's quota; parked ones are no work for it. */
export function occupiesQuota(state: PackageState): boolean {
  if (state === 'out_of_stock') return false;
  return PACKAGE_STATES[state].code < PACKAGE_STATES.packed.code || state === 'cancellation_waiting';
}

/** Work that is still to be done before the goods can leave; parked packages are no work for their location. */
export const isToBePacked = (state: PackageState): boolean =>
  state !== 'out_of_stock' && (BEFORE_PACKED as readonly PackageState[]).includes(state);

const RESERVED: ReadonlySet<PackageState> = new Set<PackageState>([
  'waiting',
  'waiting_remote_action',
  'preparing',
  'waiting_for_transfer',
  'ready_for_packaging',
  'blocked',
]);

/** In other states goods are not held: they are packed, go elsewhere, or nobody knows whether they are there. */
export const keepsReservation = (state: PackageState): boolean => RESERVED.has(state);
