import type { Condition, Conditions } from '../configuration/scenario.js';
import { compileExpression } from '../expressions/compileExpression.js';
import type { PlanOrder } from './planCase.js';

/** The fields that conditions are about, in the order in which they are asked. */
export const CONDITION_NAMES = ['channel', 'shippingOption', 'paymentType', 'customerType'] as const;

/** Which condition does not hold, in words; null when all hold. */
export function whyNotFor(order: PlanOrder, conditions: Conditions): string | null {
  const values = { ...order, customerType: order.customer?.type };
  for (const name of CONDITION_NAMES) {
    const fault = whyNot(conditions[name], values[name], order);
    if (fault !== null) return `${name}: ${fault}`;
  }
  return null;
}

function whyNot(condition: Condition, value: string | undefined, order: PlanOrder): string | null {
  if (condition === 'any') return null;
  if ('in' in condition) {
    return value !== undefined && condition.in.includes(value) ? null : `${value ?? 'nothing'} is not in the list`;
  }
  const compiled = compileExpression(condition.expression, 'order');
  if (!compiled.ok) return `the expression does not compile: ${compiled.detail}`;
  const { holds, fault } = compiled.test({ order });
  return holds ? null : (fault ?? 'the expression does not hold');
}
