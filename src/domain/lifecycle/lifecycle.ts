/** Who may see or run a transition in the store's screens. */
export type Visibility = 'store' | 'office' | 'system';

/** What a brand may set for one transition when it publishes its own life cycle. */
export interface TransitionOptions {
  readonly syncOmnitron?: boolean;
  readonly visibility?: Visibility;
  readonly requires?: string;
}

/**
 * One row of a life cycle: `command` leads from each of `from` to one of `to`.
 *
 * `unchanged` means that the state stays, `before` that it goes back to where it was blocked or where
 * its cancellation was asked. A row with several targets lets the effects decide which one is reached.
 */
export interface Transition<State extends string, Command extends string> {
  readonly command: Command;
  readonly from: readonly State[];
  readonly to: readonly (State | 'unchanged' | 'before')[];
  /** `system` rows are run by timers and tracking, never by a caller. */
  readonly by: 'caller' | 'system';
  readonly options?: TransitionOptions;
}

export interface StateDefinition {
  /** The number integrators see; it sorts like the life cycle. */
  readonly code: number;
  readonly final: boolean;
  readonly meaning: string;
}

/** A life cycle as data: nothing else decides about states. Pinned by name and version. */
export interface Lifecycle<State extends string, Command extends string> {
  readonly name: string;
  readonly version: number;
  readonly initial: readonly State[];
  readonly states: Readonly<Record<State, StateDefinition>>;
  readonly transitions: readonly Transition<State, Command>[];
}

/** What a caller may run from `state`, each with the state it leads to. */
export interface AllowedCommand<State extends string, Command extends string> {
  readonly command: Command;
  readonly to: readonly State[];
}

/** The row that lets `command` run from `state`, or null when the table refuses it. */
export function findTransition<State extends string, Command extends string>(
  lifecycle: Lifecycle<State, Command>,
  state: State,
  command: string,
): Transition<State, Command> | null {
  return lifecycle.transitions.find((row) => row.command === command && row.from.includes(state)) ?? null;
}

/**
 * The commands that a caller may run from `state`, in the order of the table. `before` is where
 * `unblock` and the like lead back to.
 */
export function allowedCommands<State extends string, Command extends string>(
  lifecycle: Lifecycle<State, Command>,
  state: State,
  before: State | null = null,
): AllowedCommand<State, Command>[] {
  return lifecycle.transitions
    .filter((row) => row.by === 'caller' && row.from.includes(state))
    .map((row) => ({ command: row.command, to: targets(row, state, before) }));
}

/** The states that a row can lead to from `state`. */
export function targets<State extends string, Command extends string>(
  row: Transition<State, Command>,
  state: State,
  before: State | null,
): State[] {
  const resolved = row.to.map((to) => (to === 'unchanged' ? state : to === 'before' ? before : to));
  return resolved.filter((to): to is State => to !== null);
}

export function isFinal<State extends string, Command extends string>(
  lifecycle: Lifecycle<State, Command>,
  state: State,
): boolean {
  return lifecycle.states[state].final;
}
