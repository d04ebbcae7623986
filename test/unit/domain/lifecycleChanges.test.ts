import fc from 'fast-check';

import {
  commandNamed,
  mayRun,
  NO_CHANGES,
  withChanges,
  type LifecycleChanges,
} from '../../../src/domain/lifecycle/changes.js';
import { checkChanges } from '../../../src/domain/lifecycle/checkChanges.js';
import { allowedCommands, findTransition, isFinal, targets } from '../../../src/domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { packageLifecycle, pinned } from '../../../src/domain/lifecycle/pinned.js';
import { TRANSFER_LIFECYCLE } from '../../../src/domain/lifecycle/transferLifecycle.js';

const FIRST = { name: 'package', version: 1 };

const changed = (changes: Partial<LifecycleChanges>) =>
  withChanges(PACKAGE_LIFECYCLE, { ...NO_CHANGES, ...changes }, FIRST);

const commandsFrom = (table: typeof PACKAGE_LIFECYCLE, state: keyof typeof PACKAGE_LIFECYCLE.states) =>
  allowedCommands(table, state).map(({ command }) => command);

describe('withChanges', () => {
  test('no changes: the default table under another name', () => {
    const { name, version, transitions } = changed({});

    expect([name, version]).toEqual(['package', 1]);
    expect(transitions).toEqual(PACKAGE_LIFECYCLE.transitions);
  });

  test('a command that is off: no state allows it', () => {
    const table = changed({ commands: { prepare: { off: true } } });

    expect(commandsFrom(table, 'waiting')).toEqual(
      commandsFrom(PACKAGE_LIFECYCLE, 'waiting').filter((name) => name !== 'prepare'),
    );
  });

  test('a state that is off: neither it nor what leads to it is there', () => {
    const table = changed({ states: { preparing: { off: true } } });

    expect(Object.keys(table.states)).not.toContain('preparing');
    expect(commandsFrom(table, 'waiting')).not.toEqual(expect.arrayContaining(['prepare']));
    expect(findTransition(table, 'waiting', 'prepare_items')).toBeNull();
    expect(findTransition(table, 'waiting', 'pack')?.from).toEqual(['waiting', 'ready_for_packaging']);
  });

  test('options of some states: the others keep the default', () => {
    const table = changed({ transitions: [{ command: 'cancel', from: ['packed'], requires: 'planner' }] });

    expect(findTransition(table, 'packed', 'cancel')?.options).toEqual({ requires: 'planner' });
    expect(findTransition(table, 'waiting_cargo_label', 'cancel')?.options).toBeUndefined();
    expect(findTransition(table, 'waiting', 'cancel')?.options).toBeUndefined();
  });

  test('what only the system runs: no caller is offered it, and the table still has it', () => {
    const table = changed({ transitions: [{ command: 'block', visibility: 'system' }] });

    expect(commandsFrom(table, 'waiting')).not.toContain('block');
    expect(findTransition(table, 'waiting', 'block')).not.toBeNull();
  });

  test('a slug: the command is found by it and by its name', () => {
    const table = changed({ commands: { pack: { slug: 'parcel_up' } }, states: { packed: { slug: 'boxed' } } });

    expect(commandNamed(table, 'parcel_up')).toBe('pack');
    expect(commandNamed(table, 'pack')).toBe('pack');
    expect(table.states.packed.slug).toBe('boxed');
  });
});

describe('pinned', () => {
  test('an invoice request: the address and its secret stay out of what workflows carry', () => {
    const auth = { type: 'bearer', token: 'secret' } as const;
    const requestInvoice = { ...{ url: 'https://invoices.example', auth }, timeouts: { connectMs: 1, readMs: 2 } };
    const changes = {
      ...NO_CHANGES,
      transitions: [{ command: 'pack', requestInvoice: { ...requestInvoice, generateNumber: true } }],
    };

    const pin = pinned(FIRST, changes);

    expect(JSON.stringify(pin)).not.toMatch(/secret|invoices\.example/);
    expect(findTransition(packageLifecycle(pin), 'waiting', 'pack')?.options).toEqual({
      requestInvoice: { generateNumber: true },
    });
  });
});

describe('mayRun', () => {
  test.each([
    ['nothing set, a store', {}, 'store', true],
    ['nothing set, a signal without a role', {}, undefined, true],
    ['for the office, a store', { visibility: 'office' }, 'store', false],
    ['for the office, a signal without a role', { visibility: 'office' }, undefined, false],
    ['for the office, an ERP', { visibility: 'office' }, 'erp', true],
    ['for planners, an ERP', { requires: 'planner' }, 'erp', false],
    ['for planners, a planner', { requires: 'planner' }, 'planner', true],
    ['for planners, an admin', { requires: 'planner' }, 'admin', true],
    ['for planners, a signal without a role', { requires: 'planner' }, undefined, false],
    ['for the system, an admin', { visibility: 'system' }, 'admin', false],
  ] as const)('%s: %#', (_case, options, role, may) => {
    expect(mayRun(options, role)).toBe(may);
  });
});

describe('checkChanges', () => {
  const faultsOf = (changes: Partial<LifecycleChanges>) =>
    checkChanges(PACKAGE_LIFECYCLE, { ...NO_CHANGES, ...changes });

  test('no changes: nothing to object to, in either table', () => {
    expect(faultsOf({})).toEqual([]);
    expect(checkChanges(TRANSFER_LIFECYCLE, NO_CHANGES)).toEqual([]);
  });

  test.each<[string, Partial<LifecycleChanges>, string, string]>([
    ['an unknown state', { states: { lost: { off: true } } }, '/states/lost', 'there is no state lost'],
    ['an unknown command', { commands: { fly: {} } }, '/commands/fly', 'there is no command fly'],
    ['a state that is needed', { states: { packed: { off: true } } }, '/states/packed/off', 'packed is needed'],
    ['a command that is needed', { commands: { pack: { off: true } } }, '/commands/pack/off', 'pack is needed'],
    [
      'a command that the system runs as well',
      { commands: { block: { off: true } } },
      '/commands/block/off',
      'block is needed; visibility `system` keeps it from callers',
    ],
    [
      'a slug that is given twice',
      { commands: { pack: { slug: 'go' }, ship: { slug: 'go' } } },
      '/commands/pack/slug',
      'another command goes by go',
    ],
    [
      'a slug that is the name of another',
      { states: { packed: { slug: 'shipped' } } },
      '/states/packed/slug',
      'another state goes by shipped',
    ],
    [
      'a state that nothing leads to any more',
      { commands: { ready: { off: true } } },
      '/states/ready_for_packaging',
      'ready_for_packaging: cannot be reached',
    ],
    [
      'a state that only a hidden command leads to',
      { transitions: [{ command: 'ready', visibility: 'system' }] },
      '/states/ready_for_packaging',
      'ready_for_packaging: cannot be reached',
    ],
    [
      'options of an unknown command',
      { transitions: [{ command: 'fly' }] },
      '/transitions/0/command',
      'there is no command fly',
    ],
    [
      'options of a command that is off',
      { commands: { refuse: { off: true } }, transitions: [{ command: 'refuse', visibility: 'office' }] },
      '/transitions/0/command',
      'refuse is switched off',
    ],
    [
      'a state from which the command does not start',
      { transitions: [{ command: 'pack', from: ['waiting', 'shipped'] }] },
      '/transitions/0/from/1',
      'pack does not start from shipped',
    ],
    [
      'the same transition twice',
      { transitions: [{ command: 'pack' }, { command: 'pack', from: ['waiting'] }] },
      '/transitions/1',
      'an earlier entry is about the same transition of pack',
    ],
    [
      'a needed command that no caller would see',
      { transitions: [{ command: 'pack', visibility: 'system' }] },
      '/transitions/0/visibility',
      'pack is needed, and only callers run it',
    ],
    [
      'a role that sends no commands',
      { transitions: [{ command: 'pack', requires: 'readonly' }] },
      '/transitions/0/requires',
      'a key of the role readonly sends no commands',
    ],
    [
      'access to what only the system runs',
      { transitions: [{ command: 'track_delivered', requires: 'planner' }] },
      '/transitions/0/requires',
      'no caller runs track_delivered',
    ],
    [
      'a store that must not see what it alone may run',
      { transitions: [{ command: 'pack', visibility: 'office', requires: 'store' }] },
      '/transitions/0/requires',
      'stores may not run what only the office sees',
    ],
  ])('names %s', (_case, changes, pointer, detail) => {
    expect(faultsOf(changes)).toContainEqual({ pointer, detail });
  });

  test('names every fault, not only the first', () => {
    const pointers = faultsOf({
      states: { lost: {}, packed: { off: true } },
      transitions: [{ command: 'fly' }],
    }).map(({ pointer }) => pointer);

    expect(pointers).toEqual(expect.arrayContaining(['/states/lost', '/states/packed/off', '/transitions/0/command']));
  });

  test('whatever passes: every walk stays in the default table, and can end', () => {
    fc.assert(
      fc.property(anyChanges, fc.nat(3), fc.array(fc.nat(1_000), { maxLength: 30 }), (changes, start, dice) => {
        fc.pre(checkChanges(PACKAGE_LIFECYCLE, changes).length === 0);
        const table = withChanges(PACKAGE_LIFECYCLE, changes, FIRST);
        let state = table.initial[start] as keyof typeof table.states;
        for (const die of dice) {
          const moves = movesFrom(table, state);
          if (moves.length === 0) break;
          const [command, to] = moves[die % moves.length] as (typeof moves)[number];

          expect(movesFrom(PACKAGE_LIFECYCLE, state)).toContainEqual([command, to]);
          state = to;
        }

        expect(canEnd(table, state)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const namesOf = (names: string[], change: object) =>
  fc.subarray(names, { maxLength: 5 }).map((some) => Object.fromEntries(some.map((name) => [name, change])));

const optional = PACKAGE_LIFECYCLE.transitions.filter(({ may }) => may === 'be_off').map(({ command }) => command);

/** States and what leads to them, mostly such as may be off. */
const anyChanges: fc.Arbitrary<LifecycleChanges> = fc.record({
  states: namesOf(
    [
      'preparing',
      'ready_for_packaging',
      'ready_for_pickup',
      'attempted_delivery',
      'delivery_failed',
      'packed_for_refund',
    ],
    { off: true },
  ),
  commands: namesOf(
    optional.filter((name) => !['ready', 'ready_for_pickup', 'pack_for_refund'].includes(name)),
    { off: true },
  ),
  transitions: fc.subarray(
    [
      { command: 'cancel', from: ['packed'], visibility: 'office' },
      { command: 'block', visibility: 'system' },
      { command: 'pack', requires: 'store' },
    ] as const,
    { maxLength: 3 },
  ),
});

type Table = typeof PACKAGE_LIFECYCLE;
type State = keyof Table['states'];

function movesFrom(table: Table, state: State): [string, State][] {
  return table.transitions
    .filter((row) => row.from.includes(state))
    .flatMap((row) =>
      (row.to.includes('before') ? entries(table, state) : targets(row, state, null)).map((to): [string, State] => [
        row.command,
        to,
      ]),
    );
}

/** `before` is a state from which this one was entered. */
const entries = (table: Table, state: State): State[] =>
  table.transitions.filter((row) => row.to.includes(state)).flatMap((row) => [...row.from]);

function canEnd(table: Table, from: State): boolean {
  const reached = new Set([from]);
  for (const state of reached) for (const [, to] of movesFrom(table, state)) reached.add(to);
  return [...reached].some((state) => isFinal(table, state));
}
