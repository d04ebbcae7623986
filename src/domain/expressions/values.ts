import { elementOf, FREE_KEYS, MODEL } from './model.js';

/** Base of the classes by which the expression engine tells the types of the model apart. */
export class Value {}

/** One class per type of the model. */
export const VALUE_CLASSES: ReadonlyMap<string, new () => Value> = new Map(
  [...Object.keys(MODEL), FREE_KEYS].map((name) => [name, { [name]: class extends Value {} }[name] as new () => Value]),
);

/**
 * A plain object as a value of the named type: whole numbers become CEL ints where the model says so, what
 * is missing becomes null, a missing list is empty.
 */
export function toValue(type: string, plain: unknown): unknown {
  if (type.endsWith('?')) return plain == null ? null : toValue(type.slice(0, -1), plain);
  const element = elementOf(type);
  if (element !== null) return Array.isArray(plain) ? plain.map((entry) => toValue(element, entry)) : [];
  if (type === FREE_KEYS) return freeKeys((plain ?? {}) as Record<string, unknown>);
  const fields = MODEL[type];
  if (!fields) return scalar(type, plain);
  const source = (plain ?? {}) as Record<string, unknown>;
  const value = instanceOf(type);
  return Object.assign(
    value,
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toValue(field, source[name])])),
  );
}

function instanceOf(type: string): Value {
  const ValueClass = VALUE_CLASSES.get(type) ?? Value;
  return new ValueClass();
}

function scalar(type: string, plain: unknown): unknown {
  if (plain === undefined) return null;
  return type === 'int' && typeof plain === 'number' ? BigInt(plain) : plain;
}

/** JSON cannot tell 3 from 3.0, so a whole number is an int; CEL compares ints and doubles by value. */
function freeKeys(plain: Readonly<Record<string, unknown>>): Value {
  const entries = Object.entries(plain).map(([key, value]) => {
    return [key, typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value] as const;
  });
  const known = new Map<string, unknown>(entries);
  const target = instanceOf(FREE_KEYS);
  return new Proxy(target, {
    get: (value, key) => (key === 'constructor' ? value.constructor : (known.get(String(key)) ?? null)),
    has: (_, key) => known.has(String(key)),
  });
}
