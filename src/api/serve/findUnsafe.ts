import type { Fault } from '../../platform/errors.js';

const MAX_DEPTH = 32;

/** Names with which JavaScript or MongoDB do more than store a value. */
const isReserved = (key: string) =>
  key === '__proto__' || key === 'constructor' || key === 'prototype' || key.startsWith('$');

const isText = (value: string) => !value.includes('\u0000') && value.isWellFormed();

interface Visit {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * Looks at parsed input before any schema does, and tells the first thing that no part of a request may
 * contain: nesting that would exhaust someone's stack later, names that reach prototypes or operators, and
 * text that is none. Walks with its own stack, because the input decides how deep it goes.
 */
export function findUnsafe(input: unknown): Fault | null {
  const open: Visit[] = [{ value: input, pointer: '', depth: 0 }];
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const fault = faultOf(visit);
    if (fault) return fault;
    for (const inner of innerVisits(visit)) open.push(inner);
  }
  return null;
}

/** RFC 6901. */
export const pointerTo = (parent: string, key: string | number): string =>
  `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function faultOf({ value, pointer, depth }: Visit): Fault | null {
  if (typeof value === 'string') {
    return isText(value) ? null : { pointer, detail: 'must not contain U+0000 or a lone surrogate' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= MAX_DEPTH) return { pointer, detail: `must not be nested more than ${MAX_DEPTH} deep` };
  if (Array.isArray(value)) return null;
  const reserved = Object.keys(value).find((key) => isReserved(key) || !isText(key));
  return reserved === undefined ? null : { pointer: pointerTo(pointer, reserved), detail: 'this name is not allowed' };
}

function innerVisits({ value, pointer, depth }: Visit): Visit[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, inner]) => ({
    value: inner as unknown,
    pointer: pointerTo(pointer, key),
    depth: depth + 1,
  }));
}
