import { setTimeout as pause } from 'node:timers/promises';

import { readObject, type Asked, type Reply } from './loopbackServer.js';

const KINDS = ['slow', 'error', 'garbage', 'wrong_types', 'duplicates', 'reordered', 'lost_answer'] as const;

/** What goes wrong with the next calls that fit. */
export interface Fault {
  /**
   * `slow`: answers after `ms`; `error`: `status` (500) without any effect; `garbage`: text that is no JSON;
   * `wrong_types`: numbers are texts and texts are lists; `duplicates`: rows of lists come twice; `reordered`: the last
   * row of a list comes first; `lost_answer`: the effect takes place, and the connection is cut.
   */
  readonly kind: (typeof KINDS)[number];
  /** Only calls with this method. */
  readonly method?: string;
  /** Only calls whose path contains this. */
  readonly path?: string;
  /** How many calls; 1 when absent, 0 for ever. */
  readonly times?: number;
  readonly ms?: number;
  readonly status?: number;
}

type Answer = (asked: Asked) => Reply | Promise<Reply>;

const CONTROL = '/control';

/**
 * Lets a simulator behave badly on demand: `POST /control` with a fault adds it, `GET` lists what is left, `DELETE`
 * ends it all. The first fault that fits a call is the one. What is posted there without a `kind` is for the simulator
 * itself.
 */
export function withFaults(answer: Answer): Answer {
  let faults: Fault[] = [];

  const next = ({ method, path }: Asked): Fault | undefined => {
    const index = faults.findIndex((one) => (one.method ?? method) === method && path.includes(one.path ?? ''));
    const fault = faults[index];
    if (!fault || fault.times === 0) return fault;
    const left = (fault.times ?? 1) - 1;
    faults = faults.flatMap((one, n) => (n !== index ? [one] : left === 0 ? [] : [{ ...one, times: left }]));
    return fault;
  };

  const control = async (asked: Asked): Promise<Reply> => {
    const { method, body } = asked;
    if (method === 'GET') return { status: 200, body: faults };
    if (method === 'DELETE') {
      faults = [];
      return { status: 204 };
    }
    const { kind } = readObject(body) ?? {};
    const own = kind === undefined ? await answer(asked) : null;
    if (own && own.status !== 404) return own;
    const fault = readFault(body);
    if (!fault) return { status: 400, body: { message: `kind must be one of ${KINDS.join(', ')}` } };
    faults.push(fault);
    return { status: 201, body: faults };
  };

  return async (asked) => {
    if (asked.path === CONTROL) return control(asked);
    const fault = next(asked);
    return fault ? misbehave(fault, asked, answer) : answer(asked);
  };
}

async function misbehave({ kind, ms = 1_000, status = 500 }: Fault, asked: Asked, answer: Answer): Promise<Reply> {
  switch (kind) {
    case 'error':
      return { status, body: { detail: 'a fault of this simulator', code: 'fault' } };
    case 'slow':
      await pause(ms);
      return answer(asked);
    case 'lost_answer':
      return { ...(await answer(asked)), isLost: true };
    case 'garbage':
      return { status: (await answer(asked)).status, body: '<html>{ not json', type: 'application/json' };
    case 'wrong_types':
      return changed(await answer(asked), wrong);
    case 'reordered':
      return changed(await answer(asked), reversed);
    case 'duplicates':
      return changed(await answer(asked), doubled);
  }
}

const changed = (reply: Reply, change: (value: unknown) => unknown): Reply =>
  typeof reply.body === 'object' ? { ...reply, body: change(reply.body) } : reply;

function wrong(value: unknown): unknown {
  if (typeof value === 'number') return `${value} pieces`;
  if (typeof value === 'string') return [value];
  return deep(value, wrong);
}

const doubled = (value: unknown): unknown => {
  const inner = deep(value, doubled);
  return Array.isArray(inner) ? (inner as unknown[]).flatMap((row) => [row, row]) : inner;
};

const reversed = (value: unknown): unknown => {
  const inner = deep(value, reversed);
  return Array.isArray(inner) ? (inner as unknown[]).toReversed() : inner;
};

function deep(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}

function readFault(body: string): Fault | null {
  const given = readObject(body);
  return given && KINDS.some((kind) => kind === given['kind']) ? (given as unknown as Fault) : null;
}
