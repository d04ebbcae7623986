import type { ItemUnits } from '../domain/package/items.js';

/** What is wrong with a command: the place in its body, and why. */
export interface Objection {
  readonly pointer: string;
  readonly detail: string;
}

export const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** Signals are not parsed by a schema, so that nothing about them is sure. */
function isUnits(value: unknown): value is ItemUnits {
  if (typeof value !== 'object' || value === null) return false;
  const { id, quantity } = value as Partial<ItemUnits>;
  return typeof id === 'string' && Number.isSafeInteger(quantity) && (quantity ?? 0) > 0;
}

/** Whether it is a list of items with units at all. */
export function unitsShapeFault(units: readonly ItemUnits[], pointer: string): Objection | null {
  if (!isList(units)) return { pointer, detail: 'must be a list of items' };
  const wrong = units.findIndex((entry) => !isUnits(entry));
  return wrong >= 0 ? { pointer: `${pointer}/${wrong}`, detail: 'must have an id and a quantity of at least 1' } : null;
}
