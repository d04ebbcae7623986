import type { Role } from '../configuration/role.js';

/**
 * Whose screens show a command, and so who may run it. `store`: everybody; `office`: everybody but keys of stores;
 * `system`: nobody, the system alone does it.
 */
export type Visibility = 'store' | 'office' | 'system';

/** An invoice is asked for when the transition has been made. */
export interface InvoiceWish {
  /** The number is ours; otherwise the invoice service gives one. */
  readonly generateNumber: boolean;
}

/** What a brand may set for one transition when it publishes its own life cycle. */
export interface TransitionOptions<Invoice extends InvoiceWish = InvoiceWish> {
  /** Whether the order source is told; default true. */
  readonly syncOmnitron?: boolean;
  readonly requestInvoice?: Invoice;
  /** Default `store`. */
  readonly visibility?: Visibility;
  /** Only keys of this role, and `admin`, may run it. */
  readonly requires?: Role;
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
  /**
   * What a brand may do about the command: switch it off, or only hide it from all callers, because the system runs
   * it by itself as well. Absent: neither.
   */
  readonly may?: 'be_off' | 'be_hidden';
  readonly options?: TransitionOptions;
}

export interface StateDefinition {
  /** The number integrators see; it sorts like the life cycle. */
  readonly code: number;
  readonly final: boolean;
  readonly meaning: string;
  /** A brand may do without it; the others are needed by planning, carriers or the order. */
  readonly isOptional?: boolean;
  /** The brand's own name for it; default its name. */
  readonly slug?: string;
}

/** A life cycle as data: nothing else decides about states. Pinned by name and version. */
export interface Lifecycle<State extends string, Command extends string> {
  readonly name: string;
  readonly version: number;
  readonly initial: readonly State[];
  readonly states: Readonly<Record<State, StateDefinition>>;
  readonly transitions: readonly Transition<State, Command>[];
  /** The brand's own names for commands, by their names; the others go by their name. */
  readonly commandSlugs?: Readonly<Record<string, string>>;
}

/** What a caller may run from `state`, each with the state it leads to. */
export interface AllowedCommand<State extends string, Command extends string> {
  readonly command: Command;
  readonly to: readonly State[];
  readonly options?: TransitionOptions;
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
 * The commands that some caller may run from `state`, in the order of the table. `before` is where
 * `unblock` and the like lead back to.
 */
export function allowedCommands<State extends string, Command extends string>(
  lifecycle: Lifecycle<State, Command>,
  state: State,
  before: State | null = null,
): AllowedCommand<State, Command>[] {
  return lifecycle.transitions
    .filter((row) => row.by === 'caller' && row.from.includes(state) && row.options?.visibility !== 'system')
    .map((row) => ({
      command: row.command,
      to: targets(row, state, before),
      ...(row.options && { options: row.options }),
    }));
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
