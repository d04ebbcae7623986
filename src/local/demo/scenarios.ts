import type { Rank, Scenario } from '../../domain/configuration/scenario.js';

const NEAREST: readonly Rank[] = [{ by: 'distance', order: 'asc' }];
const ANY = { shippingOption: 'any', paymentType: 'any', customerType: 'any', channel: 'any' } as const;

const HOME = "line.attributes.department == 'home'";
const NOT_HOME = "line.attributes.department != 'home'";

const WHAT_THERE_IS = { name: 'what there is', strategy: 'partial', locations: {}, rank: NEAREST } as const;

/** How the brand distributes its orders; the first scenario whose conditions hold is the one. */
export const DEMO_SCENARIOS: readonly Scenario[] = [
  {
    name: 'express',
    description: 'Express orders leave a store near the customer that has room for one more package.',
    priority: 10,
    conditions: { ...ANY, shippingOption: { in: ['express'] } },
    defaultLocation: 'W1',
    rules: [
      {
        name: 'open store nearby',
        strategy: 'single',
        locations: { types: ['store'], withinKm: 60, requireQuota: true, openForPackaging: true },
        rank: NEAREST,
      },
      {
        name: 'store nearby',
        strategy: 'single',
        locations: { types: ['store'], withinKm: 60, requireQuota: true },
        rank: NEAREST,
      },
      { name: 'one place', strategy: 'single', locations: {}, rank: NEAREST },
      WHAT_THERE_IS,
    ],
  },
  {
    name: 'marketplace',
    description: 'The marketplace wants to know of a split before anything is packed.',
    priority: 20,
    conditions: { ...ANY, channel: { in: ['marketplace'] } },
    defaultLocation: 'W1',
    multiplePackagesState: 'waiting_remote_action',
    rules: [
      {
        name: 'home goods from a warehouse',
        lines: HOME,
        strategy: 'single',
        locations: { types: ['warehouse'] },
        rank: NEAREST,
      },
      { name: 'the rest from one place', lines: NOT_HOME, strategy: 'single', locations: {}, rank: NEAREST },
      WHAT_THERE_IS,
    ],
  },
  {
    name: 'default',
    description: 'One package where possible, then by department, then as few packages as possible.',
    priority: 100,
    conditions: ANY,
    defaultLocation: 'W1',
    rules: [
      { name: 'everything from one place', strategy: 'single', locations: {}, rank: NEAREST },
      {
        name: 'home goods from a warehouse',
        lines: HOME,
        strategy: 'single',
        locations: { types: ['warehouse'] },
        rank: NEAREST,
      },
      { name: 'the rest from one place', lines: NOT_HOME, strategy: 'single', locations: {}, rank: NEAREST },
      {
        name: 'few packages',
        strategy: 'fewest',
        maxPackages: 3,
        locations: {},
        rank: [{ by: 'priority', order: 'asc' }, ...NEAREST],
      },
      WHAT_THERE_IS,
    ],
  },
];
