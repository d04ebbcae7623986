import { packageSubject, transferSubject, type Subject } from '../events/event.js';
import { isFinal, targets, type Lifecycle } from '../lifecycle/lifecycle.js';
import {
  packageLifecycle,
  transferLifecycle,
  versionKey,
  type LifecycleVersion,
  type PinnedLifecycle,
} from '../lifecycle/pinned.js';
import type { OrderBooks, SeenEvent, Violation } from './books.js';

const MOVES = new Set([
  'package.created',
  'package.status.transitioned',
  'transfer.status.created',
  'transfer.status.transitioned',
]);

/** 7: every step that an object took is a step of its life cycle, and none led out of a final state. */
export function checkPaths({ packages, transfers, events, lifecycles }: OrderBooks): Violation[] {
  const pinOf = (of: LifecycleVersion) => lifecycles.get(versionKey(of));
  return [
    ...packages.flatMap(({ number, state, lifecycle: of }) =>
      pathBy(packageSubject(number), of, pinOf(of), (pin, subject) =>
        path(packageLifecycle(pin), subject, state, events),
      ),
    ),
    ...transfers.flatMap(({ number, state, lifecycle: of }) =>
      pathBy(transferSubject(number), of, pinOf(of), (pin, subject) =>
        path(transferLifecycle(pin), subject, state, events),
      ),
    ),
  ];
}

/** The life cycle that the object keeps, and not the one in force, says which steps it may have taken. */
function pathBy(
  subject: Subject,
  of: LifecycleVersion,
  pin: PinnedLifecycle | undefined,
  walk: (pin: PinnedLifecycle, subject: Subject) => Violation[],
): Violation[] {
  if (pin) return walk(pin, subject);
  const detail = `it keeps the life cycle ${versionKey(of)}, which there is not`;
  const todo = 'Versions are never deleted: restore `lifecycle_versions` from a backup.';
  return [{ invariant: 7, objects: [subject], detail, todo }];
}

function path<State extends string>(
  lifecycle: Lifecycle<State, string>,
  subject: Subject,
  state: State,
  events: readonly SeenEvent[],
): Violation[] {
  const moves = events
    .filter((event) => event.subject === subject && MOVES.has(event.type))
    .sort((a, b) => a.sequence - b.sequence);
  const states = moves.flatMap((move) => (move.state === null ? [] : [move.state as State]));
  // A gap in the events is a violation of its own, and would show here as a jump.
  const steps = isWhole(subject, events) ? states.slice(1).map((to, index) => [states[index], to] as const) : [];
  const wrong = steps.find(([from, to]) => from !== undefined && !leads(lifecycle, from, to));
  const violation = (detail: string): Violation => ({
    ...{ invariant: 7, objects: [subject], detail },
    todo: 'Compare `GET /v1/events` of the subject with the history of its workflow.',
  });
  if (wrong) return [violation(`it went from ${wrong[0]} to ${wrong[1]}, which its life cycle does not know`)];
  const last = states.at(-1);
  return last === undefined || last === state ? [] : [violation(`its events end in ${last}, its record is ${state}`)];
}

function isWhole(subject: Subject, events: readonly SeenEvent[]): boolean {
  const own = events.filter((event) => event.subject === subject);
  return own.length === Math.max(0, ...own.map(({ sequence }) => sequence));
}

function leads<State extends string>(lifecycle: Lifecycle<State, string>, from: State, to: State): boolean {
  if (!(from in lifecycle.states) || isFinal(lifecycle, from)) return false;
  const rows = lifecycle.transitions.filter((row) => row.from.includes(from));
  if (rows.some((row) => targets(row, from, null).includes(to))) return true;
  // `before` leads to a state from which this one was entered.
  const isBack = rows.some((row) => row.to.includes('before'));
  return isBack && lifecycle.transitions.some((row) => row.to.includes(from) && row.from.includes(to));
}
