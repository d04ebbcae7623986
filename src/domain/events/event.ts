import type { Instant } from '../order/order.js';
import { PACKAGE_STATES } from '../lifecycle/packageLifecycle.js';
import { SHIPMENT_STATUSES } from '../shipment/shipment.js';

const names = <Name extends string>(record: Readonly<Record<Name, unknown>>) => Object.keys(record) as Name[];

/** Every event that the system announces. The list may grow. */
export const EVENT_TYPES = [
  'order.received',
  'order.planned',
  'order.waiting',
  'order.completed',
  'order.cancelled',
  'package.created',
  'package.status.transitioned',
  ...names(PACKAGE_STATES).map((state) => `package.status.${state}` as const),
  'package.refused',
  'package.items.missing',
  'package.items.replaced',
  'package.items.returned',
  'package.items.cancelled',
  'package.shipment.updated',
  'package.invoice.updated',
  'transfer.status.created',
  'transfer.status.transitioned',
  'transfer.status.ready_to_shipment',
  'transfer.status.in_transit',
  'transfer.status.transferred',
  'transfer.status.cancelled',
  'shipment.created',
  ...names(SHIPMENT_STATUSES).map((status) => `shipment.status.${status}` as const),
  'stock_location.created',
  'stock_location.updated',
  'webhook.endpoint.disabled',
  'webhook.endpoint.test',
  'webhook.delivery.exhausted',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What an event is about: `order/R1`, `package/R1P1`, `transfer/R1P1T1`, `location/S1`, `webhook-endpoint/...`. */
export type Subject = string;

export const orderSubject = (number: string): Subject => `order/${number}`;
export const packageSubject = (number: string): Subject => `package/${number}`;
export const transferSubject = (number: string): Subject => `transfer/${number}`;
export const locationSubject = (code: string): Subject => `location/${code}`;
export const webhookEndpointSubject = (id: string): Subject => `webhook-endpoint/${id}`;

/** An event before its place in the log is known; `sequence` counts up per subject without gaps. */
export interface EventDraft {
  readonly type: EventType;
  readonly sequence: number;
}

/** The outgoing body. `data` is the full object, in the shape of the API. */
export interface EventBody {
  readonly id: string;
  readonly type: EventType;
  readonly timestamp: Instant;
  readonly sequence: number;
  readonly subject: Subject;
  readonly data: unknown;
}

/** Numbers the events of one step behind those already recorded for the subject. */
export function draftEvents(types: readonly EventType[], recorded: number): EventDraft[] {
  return types.map((type, index) => ({ type, sequence: recorded + index + 1 }));
}
