import { findTransition, isFinal, targets, type Lifecycle } from './lifecycle.js';

/** What is wrong with a life cycle, and with which of its states or commands. */
export interface LifecycleFault {
  readonly about: 'states' | 'commands';
  readonly name: string;
  readonly detail: string;
}

/**
 * Checks a life cycle before it is published: every state is known and reachable, every state that is
 * not final can end, final states have no way out, and no two rows decide about the same command and state.
 */
export function checkLifecycle<State extends string, Command extends string>(
  lifecycle: Lifecycle<State, Command>,
): LifecycleFault[] {
  return [
    ...unknownStates(lifecycle),
    ...ambiguousRows(lifecycle),
    ...exitsOfFinalStates(lifecycle),
    ...unreachableStates(lifecycle),
    ...deadEnds(lifecycle),
  ];
}

function unknownStates(lifecycle: Lifecycle<string, string>): LifecycleFault[] {
  const isKnown = (state: string) => state in lifecycle.states || state === 'unchanged' || state === 'before';
  return lifecycle.transitions.flatMap((row) =>
    [...row.from, ...row.to]
      .filter((state) => !isKnown(state))
      .map((state) => ofCommand(row.command, `unknown state ${state}`)),
  );
}

function ambiguousRows(lifecycle: Lifecycle<string, string>): LifecycleFault[] {
  return lifecycle.transitions.flatMap((row) =>
    row.from
      .filter((state) => findTransition(lifecycle, state, row.command) !== row)
      .map((state) => ofCommand(row.command, `two rows start from ${state}`)),
  );
}

/** `unchanged` rows are corrections of what is recorded, not moves, so a final state may have them. */
function exitsOfFinalStates(lifecycle: Lifecycle<string, string>): LifecycleFault[] {
  return lifecycle.transitions.flatMap((row) =>
    row.from
      .filter((state) => state in lifecycle.states && isFinal(lifecycle, state))
      .filter((state) => row.to.some((to) => to !== 'unchanged' && to !== state))
      .map((state) => ofCommand(row.command, `leads out of the final state ${state}`)),
  );
}

/** `before` leads only to where the object has been, so it makes nothing reachable. */
function unreachableStates(lifecycle: Lifecycle<string, string>): LifecycleFault[] {
  const reached = reach(lifecycle.initial, (state) =>
    lifecycle.transitions.filter((row) => row.from.includes(state)).flatMap((row) => targets(row, state, null)),
  );
  return Object.keys(lifecycle.states)
    .filter((state) => !reached.has(state))
    .map((state) => ofState(state, 'cannot be reached'));
}

function deadEnds(lifecycle: Lifecycle<string, string>): LifecycleFault[] {
  const states = Object.keys(lifecycle.states);
  const finals = states.filter((state) => isFinal(lifecycle, state));
  const ending = reach(finals, (state) => states.filter((other) => successors(lifecycle, other).includes(state)));
  return states.filter((state) => !ending.has(state)).map((state) => ofState(state, 'can never end'));
}

/**
 * States one step away. `before` leads back to a state from which its own state was entered, so it is
 * resolved by the rows that lead in.
 */
function successors(lifecycle: Lifecycle<string, string>, state: string): string[] {
  return lifecycle.transitions
    .filter((row) => row.from.includes(state))
    .flatMap((row) =>
      row.to.includes('before')
        ? lifecycle.transitions.filter((other) => other.to.includes(state)).flatMap((other) => [...other.from])
        : targets(row, state, null),
    );
}

const ofState = (name: string, detail: string): LifecycleFault => ({ about: 'states', name, detail });

const ofCommand = (name: string, detail: string): LifecycleFault => ({ about: 'commands', name, detail });

function reach(from: readonly string[], next: (state: string) => string[]): Set<string> {
  const seen = new Set(from);
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const other of next(state)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}
