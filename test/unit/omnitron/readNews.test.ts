import { PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { ToldPackage } from '../../../src/domain/omnitron/toldPackage.js';
import { readNews } from '../../../src/workers/omnitron/readNews.js';

/** A log with one page, a place in it, and one order of Omnitron's. */
function logOf(states: readonly (readonly [state: string, version: number])[]) {
  const events = states.map(([state, version], n) => ({
    ...{ id: `e${n}`, type: 'package.status.transitioned', timestamp: '', sequence: n + 1, subject: 'package/R1P1' },
    data: { order: 'R1', state, lifecycle: { name: version === 1 ? 'default' : 'package', version } },
  }));
  let position = '';
  let told: { revision: number; packages: readonly ToldPackage[] } | null = null;
  const order = { order: { attributes: { omnitronId: 7001, omnitronChannel: 5 } } };
  const records = {
    events: {
      read: ({ after }: { after?: string }) =>
        Promise.resolve({ items: after === undefined ? events : [], next: String(events.length) }),
    },
    orders: { find: () => Promise.resolve(order) },
    omnitronPulls: {
      position: () => Promise.resolve(position),
      move: (_what: string, to: string) => Promise.resolve(void (position = to)),
    },
    omnitronReports: {
      find: () => Promise.resolve(told),
      note: (_number: string, _known: unknown, packages: readonly ToldPackage[]) => {
        told = { revision: (told?.revision ?? 0) + 1, packages };
        return Promise.resolve(true);
      },
    },
  } as unknown as Parameters<typeof readNews>[0];
  return { records, told: () => told, position: () => position };
}

/** Version 2 of the brand tells nothing of packing. */
const lifecycles = {
  packageTable: ({ version }: { version: number }) =>
    Promise.resolve({
      ...PACKAGE_LIFECYCLE,
      transitions: PACKAGE_LIFECYCLE.transitions.map((row) =>
        version === 2 && row.command === 'pack' ? { ...row, options: { syncOmnitron: false } } : row,
      ),
    }),
};

test.each([
  ['the table of the system tells of packing', 1, 'packed'],
  ['a version of the brand that does not leaves what was told before', 2, 'waiting'],
])('%s', async (_case, version, expected) => {
  const log = logOf([
    ['waiting', version],
    ['packed', version],
  ]);

  await readNews(log.records, lifecycles, new Date());

  expect(log.told()).toMatchObject({ packages: [{ number: 'R1P1', state: 'packed', told: expected }] });
  expect(log.position()).toBe('2');
});

test('a log that was read is not read again', async () => {
  const log = logOf([['waiting', 1]]);

  await readNews(log.records, lifecycles, new Date());
  await readNews(log.records, lifecycles, new Date());

  expect(log.told()).toMatchObject({ revision: 1 });
});
