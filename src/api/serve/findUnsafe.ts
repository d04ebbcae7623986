import type { Fault } from '../../platform/errors.js';

const MAX_DEPTH = 32;

/** Names with which JavaScript or MongoDB do more than store a value. */
const isReserved = (key: string) =>
  key === '__proto__' || key === 'constructor' || key === 'prototype' || key.startsWith('$');

const isText = (value: string) => !value.includes('\u0000') && value.isWellFormed();

/** A list or an object that is still to be looked into. */
interface Open {
  readonly container: object;
  /** Where it is, from the outermost inwards; made into a pointer only for a fault. */
  readonly path: Path | null;
  readonly depth: number;
}

interface Path {
  readonly parent: Path | null;
  readonly key: string | number;
}

/**
 * Looks at parsed input before any schema does, and tells the first thing that no part of a request may
 * contain: nesting that would exhaust someone's stack later, names that reach prototypes or operators, and
 * text that is none. Walks with its own stack, because the input decides how deep it goes.
 */
export function findUnsafe(input: unknown): Fault | null {
  if (typeof input === 'string') return isText(input) ? null : notText(null);
  const open: Open[] = isContainer(input) ? [{ container: input, path: null, depth: 1 }] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const fault = Array.isArray(next.container) ? lookIntoList(next, open) : lookIntoObject(next, open);
    if (fault) return fault;
  }
  return null;
}

/** RFC 6901. */
export const pointerTo = (parent: string, key: string | number): string =>
  `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function lookIntoList(list: Open, open: Open[]): Fault | null {
  const items = list.container as readonly unknown[];
  for (let index = 0; index < items.length; index++) {
    const fault = lookAt(items[index], list, index, open);
    if (fault) return fault;
  }
  return null;
}

function lookIntoObject(object: Open, open: Open[]): Fault | null {
  const fields = object.container as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    if (isReserved(key) || !isText(key)) {
      return { pointer: pointerOf({ parent: object.path, key }), detail: 'this name is not allowed' };
    }
    const fault = lookAt(fields[key], object, key, open);
    if (fault) return fault;
  }
  return null;
}

function lookAt(value: unknown, { path: parent, depth }: Open, key: string | number, open: Open[]): Fault | null {
  if (typeof value === 'string') return isText(value) ? null : notText({ parent, key });
  if (!isContainer(value)) return null;
  const path = { parent, key };
  if (depth >= MAX_DEPTH) {
    return { pointer: pointerOf(path), detail: `must not be nested more than ${MAX_DEPTH} deep` };
  }
  open.push({ container: value, path, depth: depth + 1 });
  return null;
}

const notText = (path: Path | null): Fault => ({
  pointer: pointerOf(path),
  detail: 'must not contain U+0000 or a lone surrogate',
});

function pointerOf(path: Path | null): string {
  const keys: (string | number)[] = [];
  for (let part = path; part !== null; part = part.parent) keys.unshift(part.key);
  return keys.reduce<string>(pointerTo, '');
}
