import type { Role } from '../configuration/role.js';
import type { EngineAuth } from '../configuration/integrations.js';
import type { InvoiceWish, Lifecycle, Transition, TransitionOptions } from './lifecycle.js';

/** Where invoices are asked for. */
export interface InvoiceRequest extends InvoiceWish {
  readonly url: string;
  readonly auth: EngineAuth;
  readonly timeouts: { readonly connectMs: number; readonly readMs: number };
}

/** What a brand does with a state or a command: goes without it, or calls it by a name of its own. */
interface NameChange {
  readonly off?: boolean;
  readonly slug?: string;
}

/** Options of a command's transitions, from these states or from all of its states. */
export interface TransitionChange<Invoice extends InvoiceWish = InvoiceRequest> extends TransitionOptions<Invoice> {
  readonly command: string;
  readonly from?: readonly string[];
}

/**
 * A brand's life cycle: what it changes in the default table. It adds no states and no commands, since their
 * effects are ours; so whatever it says, an object moves along the default table or along less of it.
 */
export interface LifecycleChanges<Invoice extends InvoiceWish = InvoiceRequest> {
  readonly states: Readonly<Record<string, NameChange>>;
  readonly commands: Readonly<Record<string, NameChange>>;
  readonly transitions: readonly TransitionChange<Invoice>[];
}

/** What is in force while a brand has published nothing. */
export const NO_CHANGES: LifecycleChanges = { states: {}, commands: {}, transitions: [] };

type Changes = LifecycleChanges<InvoiceWish>;

/**
 * The default table with a brand's changes. A row goes when its command is off, or one of the states that it leads
 * to; what the table does not know is passed over (see `checkChanges`).
 */
export function withChanges<State extends string, Command extends string>(
  base: Lifecycle<State, Command>,
  changes: Changes,
  { name, version }: { readonly name: string; readonly version: number },
): Lifecycle<State, Command> {
  const isOn = (state: string) => changes.states[state]?.off !== true;
  const kept = Object.entries<Lifecycle<State, Command>['states'][State]>(base.states).filter(([state]) => isOn(state));
  const states = kept.map(([state, definition]) => [state, { ...definition, ...slugOf(changes.states[state]) }]);
  const slugs = base.transitions.flatMap(({ command }) => {
    const slug = changes.commands[command]?.slug;
    return slug === undefined ? [] : [[command, slug] as const];
  });
  return {
    ...{ name, version, initial: base.initial },
    states: Object.fromEntries(states) as Lifecycle<State, Command>['states'],
    transitions: base.transitions
      .filter(({ command, to }) => changes.commands[command]?.off !== true && to.every(isOn))
      .map((row) => ({ ...row, from: row.from.filter(isOn) }))
      .filter(({ from }) => from.length > 0)
      .flatMap((row) => withOptions(row, changes)),
    commandSlugs: Object.fromEntries(slugs),
  };
}

const slugOf = (change: NameChange | undefined) => (change?.slug === undefined ? {} : { slug: change.slug });

/** One row for each of the options that its states have. */
function withOptions<State extends string, Command extends string>(
  row: Transition<State, Command>,
  { transitions }: Changes,
): Transition<State, Command>[] {
  const own = transitions.filter(({ command }) => command === row.command);
  const changeFrom = (state: State) => own.find(({ from }) => from === undefined || from.includes(state));
  const changes = new Set(row.from.map(changeFrom));
  return [...changes].map((change) => {
    if (!change) return { ...row, from: row.from.filter((state) => changeFrom(state) === undefined) };
    const { command: _, from: __, ...options } = change;
    return { ...row, from: row.from.filter((state) => changeFrom(state) === change), options };
  });
}

/** The command that is meant: by its name, or by the name that the brand gives it. */
export function commandNamed(
  { commandSlugs = {} }: Pick<Lifecycle<string, string>, 'commandSlugs'>,
  given: string,
): string {
  return Object.entries(commandSlugs).find(([, slug]) => slug === given)?.[0] ?? given;
}

/**
 * Whether a sender of this role may run a transition that the table allows. Who says no role (a Signal of
 * somebody's own) may do what every store may.
 */
export function mayRun({ visibility = 'store', requires }: TransitionOptions = {}, role: Role | undefined): boolean {
  if (visibility === 'system') return false;
  if (role === 'admin') return true;
  if (requires !== undefined && role !== requires) return false;
  return visibility === 'store' || (role !== undefined && role !== 'store');
}
