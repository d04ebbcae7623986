import type { Role } from '../configuration/role.js';
import { checkLifecycle } from './check.js';
import { withChanges, type LifecycleChanges, type TransitionChange } from './changes.js';
import type { InvoiceWish, Lifecycle } from './lifecycle.js';

/** What is wrong with a brand's life cycle, with the JSON pointer of the place. */
export interface ChangeFault {
  readonly pointer: string;
  readonly detail: string;
}

type Table = Lifecycle<string, string>;
type Changes = LifecycleChanges<InvoiceWish>;
type Change = TransitionChange<InvoiceWish>;

/** Keys of these roles may send commands to packages and transfers. */
const COMMANDING: readonly Role[] = ['admin', 'planner', 'erp', 'store'];

/** Everything that speaks against publishing the changes; nothing when they are sound. */
export function checkChanges(base: Table, changes: Changes): ChangeFault[] {
  return [
    ...nameFaults('states', 'state', Object.keys(base.states), changes.states),
    ...nameFaults('commands', 'command', commandsOf(base), changes.commands),
    ...neededStates(base, changes),
    ...neededCommands(base, changes),
    ...changes.transitions.flatMap((change, index) =>
      transitionFaults(base, changes, change, index).map(({ pointer, detail }) => ({
        pointer: `/transitions/${index}${pointer}`,
        detail,
      })),
    ),
    ...checkLifecycle(asWalked(withChanges(base, changes, base))).map(({ about, name, detail }) => ({
      pointer: `/${about}/${name}`,
      detail: `${name}: ${detail}`,
    })),
  ];
}

/** Nobody takes a way that is hidden from callers and that the system does not take by itself. */
const asWalked = (table: Table): Table => ({
  ...table,
  transitions: table.transitions.filter(({ may, options }) => options?.visibility !== 'system' || may === 'be_hidden'),
});

const commandsOf = ({ transitions }: Table): string[] => [...new Set(transitions.map(({ command }) => command))];

/** Names that there are not, and slugs that could mean two things. */
function nameFaults(
  about: 'states' | 'commands',
  noun: string,
  known: readonly string[],
  given: Changes['states'],
): ChangeFault[] {
  return Object.entries(given).flatMap(([name, { slug }]) => {
    if (!known.includes(name)) return [{ pointer: `/${about}/${name}`, detail: `there is no ${noun} ${name}` }];
    if (slug === undefined) return [];
    const others = known.filter((other) => other !== name);
    const isTaken = others.some((other) => other === slug || given[other]?.slug === slug);
    return isTaken ? [{ pointer: `/${about}/${name}/slug`, detail: `another ${noun} goes by ${slug}` }] : [];
  });
}

function neededStates({ states }: Table, changes: Changes): ChangeFault[] {
  return Object.keys(states)
    .filter((state) => changes.states[state]?.off === true && states[state]?.isOptional !== true)
    .map((state) => ({ pointer: `/states/${state}/off`, detail: `${state} is needed` }));
}

function neededCommands(base: Table, changes: Changes): ChangeFault[] {
  return commandsOf(base)
    .filter((command) => changes.commands[command]?.off === true)
    .filter((command) => base.transitions.some((row) => row.command === command && row.may !== 'be_off'))
    .map((command) => {
      const isHideable = base.transitions.some((row) => row.command === command && row.may === 'be_hidden');
      const hint = isHideable ? '; visibility `system` keeps it from callers' : '';
      return { pointer: `/commands/${command}/off`, detail: `${command} is needed${hint}` };
    });
}

function transitionFaults(base: Table, changes: Changes, change: Change, index: number): ChangeFault[] {
  const { command } = change;
  const rows = base.transitions.filter((row) => row.command === command);
  if (rows.length === 0) return [{ pointer: '/command', detail: `there is no command ${command}` }];
  if (changes.commands[command]?.off === true) return [{ pointer: '/command', detail: `${command} is switched off` }];
  return [
    ...originFaults(rows, change),
    ...overlaps(changes, change, index),
    ...accessFaults(rows, change),
    ...invoiceFaults(change),
  ];
}

/** Invoices are written for what goes; `update_invoice` brings one by itself. */
function invoiceFaults({ command, requestInvoice }: Change): ChangeFault[] {
  if (!requestInvoice || command === 'pack' || command === 'ship') return [];
  return [{ pointer: '/requestInvoice', detail: 'an invoice is asked for when a package is packed or shipped' }];
}

function originFaults(rows: Table['transitions'], { command, from = [] }: Change): ChangeFault[] {
  const known = new Set(rows.flatMap((row) => [...row.from]));
  return from.flatMap((state, index) =>
    known.has(state) ? [] : [{ pointer: `/from/${index}`, detail: `${command} does not start from ${state}` }],
  );
}

/** The first that names a state decides about it, so a later one would have no effect. */
function overlaps({ transitions }: Changes, { command, from }: Change, index: number): ChangeFault[] {
  const earlier = transitions.slice(0, index).filter((other) => other.command === command);
  const isSame = ({ from: others }: Change) =>
    others === undefined || from === undefined || others.some((state) => from.includes(state));
  return earlier.some(isSame)
    ? [{ pointer: '', detail: `an earlier entry is about the same transition of ${command}` }]
    : [];
}

function accessFaults(rows: Table['transitions'], { command, visibility, requires }: Change): ChangeFault[] {
  const faults: ChangeFault[] = [];
  if (rows.every(({ by }) => by === 'system')) {
    if (visibility !== undefined) faults.push({ pointer: '/visibility', detail: `no caller runs ${command}` });
    if (requires !== undefined) faults.push({ pointer: '/requires', detail: `no caller runs ${command}` });
    return faults;
  }
  if (visibility === 'system' && rows.some((row) => row.by === 'caller' && row.may === undefined))
    faults.push({ pointer: '/visibility', detail: `${command} is needed, and only callers run it` });
  if (requires !== undefined && !COMMANDING.includes(requires))
    faults.push({ pointer: '/requires', detail: `a key of the role ${requires} sends no commands` });
  if (requires !== undefined && visibility === 'system')
    faults.push({ pointer: '/requires', detail: 'nobody may run what only the system runs' });
  if (requires === 'store' && visibility === 'office')
    faults.push({ pointer: '/requires', detail: 'stores may not run what only the office sees' });
  return faults;
}
