import { setTimeout as pause } from 'node:timers/promises';

import { createOmsApi, type OmsAccess } from '../simulators/omsApi.js';
import { demoOrders, type Course } from './orders.js';

export interface PlacedOrder {
  readonly number: string;
  readonly course: Course;
  /** It was there from an earlier start. */
  readonly isRepeat: boolean;
}

export interface PlacingOptions extends OmsAccess {
  readonly onPlaced?: (placed: PlacedOrder) => void;
  /** Between two orders, in milliseconds; 25 orders take about 40 s. */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Posts the demonstration orders one after the other. Orders that are there already are only counted, and
 * without a pause.
 *
 * @throws when the API refuses an order, or the signal is given.
 */
export async function placeDemoOrders({ url, key, onPlaced, everyMs = 1_600, signal }: PlacingOptions): Promise<void> {
  const ending = signal ?? new AbortController().signal;
  const api = createOmsApi({ url, key }, ending);
  for (const { course, order } of demoOrders()) {
    const { status, body } = await api('POST', '/orders', { body: order });
    if (status !== 200 && status !== 201) {
      throw new Error(`Order ${order.number} was answered with ${status}: ${JSON.stringify(body)}`);
    }
    const isRepeat = status === 200;
    onPlaced?.({ number: order.number, course, isRepeat });
    if (!isRepeat) await pause(everyMs, undefined, { signal: ending });
  }
}
