import fc from 'fast-check';

import { checkLifecycle, type LifecycleFault } from '../../../src/domain/lifecycle/check.js';
import {
  allowedCommands,
  findTransition,
  isFinal,
  targets,
  type Lifecycle,
} from '../../../src/domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../../src/domain/lifecycle/transferLifecycle.js';

type AnyLifecycle = Lifecycle<string, string>;

const lifecycles: [string, AnyLifecycle][] = [
  ['package', PACKAGE_LIFECYCLE],
  ['transfer', TRANSFER_LIFECYCLE],
];

describe.each(lifecycles)('the %s life cycle', (_name, lifecycle) => {
  test('passes its own check', () => {
    expect(checkLifecycle(lifecycle)).toEqual([]);
  });

  test('a random walk never leaves the table and can always end', () => {
    fc.assert(
      fc.property(fc.nat(lifecycle.initial.length - 1), fc.array(fc.nat(1_000), { maxLength: 40 }), (start, dice) => {
        let state = lifecycle.initial[start] as string;
        let before: string | null = null;
        for (const die of dice) {
          const moves: { from: string; to: string }[] = lifecycle.transitions
            .filter((row) => row.from.includes(state))
            .flatMap((row) => targets(row, state, before).map((to) => ({ from: state, to })));
          if (moves.length === 0) break;
          const move = moves[die % moves.length] as { from: string; to: string };
          if (move.to !== move.from) before = move.from;
          state = move.to;
        }

        expect(Object.keys(lifecycle.states)).toContain(state);
        expect(canEnd(lifecycle, state)).toBe(true);
      }),
    );
  });

  test('final states allow nothing that moves', () => {
    for (const state of Object.keys(lifecycle.states).filter((name) => isFinal(lifecycle, name))) {
      for (const { to } of allowedCommands(lifecycle, state)) expect(to).toEqual([state]);
    }
  });
});

describe('allowedCommands', () => {
  test('lists what a caller may run, with where it leads, and no system row', () => {
    const allowed = allowedCommands(PACKAGE_LIFECYCLE, 'packed');

    expect(allowed.map(({ command }) => command)).toEqual([
      'update_label',
      'update_invoice',
      'ship',
      'update_shipment',
      'ready_for_pickup',
      'cancel',
    ]);
    expect(allowed.find(({ command }) => command === 'ship')?.to).toEqual(['shipped']);
  });

  test('unblock leads back to the state before', () => {
    expect(allowedCommands(PACKAGE_LIFECYCLE, 'blocked', 'preparing')).toContainEqual({
      command: 'unblock',
      to: ['preparing'],
    });
  });
});

describe('findTransition', () => {
  test.each([
    ['waiting', 'prepare', true],
    ['shipped', 'prepare', false],
    ['packed', 'cancel', true],
    ['shipped', 'cancel', false],
    ['waiting', 'no_such_command', false],
  ] as const)('%s, %s: %s', (state, command, isAllowed) => {
    expect(findTransition(PACKAGE_LIFECYCLE, state, command) !== null).toBe(isAllowed);
  });
});

describe('checkLifecycle', () => {
  const sound: AnyLifecycle = {
    name: 'small',
    version: 1,
    initial: ['open'],
    states: {
      open: { code: 1, final: false, meaning: '' },
      done: { code: 2, final: true, meaning: '' },
    },
    transitions: [{ command: 'finish', from: ['open'], to: ['done'], by: 'caller' }],
  };

  test.each<[string, Partial<AnyLifecycle>, LifecycleFault]>([
    [
      'a state that no row leads to',
      { states: { ...sound.states, lost: { code: 3, final: true, meaning: '' } } },
      { about: 'states', name: 'lost', detail: 'cannot be reached' },
    ],
    [
      'a state without an end',
      {
        states: { ...sound.states, trap: { code: 3, final: false, meaning: '' } },
        transitions: [...sound.transitions, { command: 'fall', from: ['open'], to: ['trap'], by: 'caller' }],
      },
      { about: 'states', name: 'trap', detail: 'can never end' },
    ],
    [
      'an unknown state',
      { transitions: [...sound.transitions, { command: 'leap', from: ['open'], to: ['nowhere'], by: 'caller' }] },
      { about: 'commands', name: 'leap', detail: 'unknown state nowhere' },
    ],
    [
      'a way out of a final state',
      { transitions: [...sound.transitions, { command: 'revive', from: ['done'], to: ['open'], by: 'caller' }] },
      { about: 'commands', name: 'revive', detail: 'leads out of the final state done' },
    ],
    [
      'two rows for one command and state',
      { transitions: [...sound.transitions, { command: 'finish', from: ['open'], to: ['open'], by: 'caller' }] },
      { about: 'commands', name: 'finish', detail: 'two rows start from open' },
    ],
  ])('names %s', (_case, change, fault) => {
    expect(checkLifecycle({ ...sound, ...change })).toContainEqual(fault);
  });
});

function canEnd(lifecycle: AnyLifecycle, from: string): boolean {
  const reached = new Set([from]);
  // A set takes what is added while it is walked.
  for (const state of reached) for (const to of nextStates(lifecycle, state)) reached.add(to);
  return [...reached].some((state) => isFinal(lifecycle, state));
}

/** `before` is a state from which this one was entered. */
function nextStates(lifecycle: AnyLifecycle, state: string): string[] {
  const rows = lifecycle.transitions.filter((row) => row.from.includes(state));
  const entries = lifecycle.transitions.filter((row) => row.to.includes(state)).flatMap((row) => [...row.from]);
  return rows.flatMap((row) => (row.to.includes('before') ? entries : targets(row, state, null)));
}
