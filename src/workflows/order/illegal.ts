import { refusal } from '../failures.js';
import type { OrderProcess } from './process.js';

/** The order cannot do that now; `allowed` is what it can as far as the order itself knows. */
export function illegal(order: OrderProcess, detail: string, context: Record<string, unknown> = {}) {
  const { state, hold } = order.record;
  const allowed = ['cancel', hold ? 'release' : 'hold', 'change_address', 'change_priority', 'replan'];
  return refusal('order.illegal_transition', detail, { state, allowed: order.isDone ? [] : allowed, ...context });
}
