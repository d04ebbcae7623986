import {
  BARE,
  LAST,
  W1,
  distribution,
  on,
  place,
  surroundings,
  transfer,
  withRule,
  type LintCases,
} from './lintSubjects.js';

export const SCENARIO_FINDINGS: LintCases = {
  refused_when_written: [
    [[withRule({ when: "order.chanel == 'web'" })], '/rules/0/when', [withRule({ when: "order.channel == 'web'" })]],
    [
      [withRule({ locations: { include: ['W1', 'B1'], exclude: ['B1'] } })],
      '/rules/0/locations/exclude/0',
      [withRule({ locations: { include: ['W1'], exclude: ['B1'] } })],
    ],
  ],
  unknown_location: [
    [[distribution({ defaultLocation: 'W9' })], '/defaultLocation', [distribution()]],
    [
      [transfer({ sources: { exclude: ['W9'] } })],
      '/rules/0/sources/exclude/0',
      [transfer({ sources: { exclude: ['W1'] } })],
    ],
  ],
  unsatisfiable_condition: [
    [[distribution(on({ in: [] }))], '/conditions/channel', [distribution(on({ in: ['web'] }))]],
    [
      [distribution(on({ expression: "order.channel == 'web' && order.number != '' && order.channel == 'app'" }))],
      '/conditions/channel',
      [distribution(on({ expression: "order.channel == 'web' || order.channel == 'app'" }))],
    ],
    [
      [transfer({}, on({ expression: 'order.priority > 3 && 1 > 2' }))],
      '/conditions/channel',
      [transfer({}, on({ expression: 'order.priority > 3 || 1 > 2' }))],
    ],
  ],
  shadowed_scenario: [
    [
      [distribution(on({ in: ['web'] })), surroundings({ scenarios: [distribution({ name: 'a' })] })],
      '/priority',
      [distribution(), surroundings({ scenarios: [distribution({ name: 'a', ...on({ in: ['web'] }) })] })],
    ],
    [
      [distribution({ priority: 2 }), surroundings({ scenarios: [distribution({ name: 'z', priority: 1 })] })],
      '/priority',
      [distribution({ priority: 2 }), surroundings({ scenarios: [distribution({ name: 's', priority: 1 })] })],
    ],
    [
      [transfer(), surroundings({ transferScenarios: [transfer({}, { name: 'a' })] })],
      '/priority',
      [transfer(), surroundings({ scenarios: [distribution({ name: 'a' })] })],
    ],
  ],
  unreachable_rule: [
    [[withRule({ when: 'false' })], '/rules/0/when', [withRule({ when: 'order.priority == 1' })]],
    [[withRule({ lines: 'line.sku in []' })], '/rules/0/lines', [withRule({ lines: "line.sku in ['X']" })]],
    [[transfer({ when: '1 == 2' })], '/rules/0/when', [transfer({ when: '1 == 1' })]],
    [[withRule({ strategy: 'partial' })], '/rules/1', [withRule({ strategy: 'partial', maxPackages: 3 })]],
    [
      [distribution({ rules: [{ name: 'a', strategy: 'partial', locations: { exclude: ['B1'] } }, LAST] })],
      '/rules/1',
      [withRule({ strategy: 'partial', locations: { exclude: ['B1'] } })],
    ],
    [
      [distribution({ rules: [{ name: 'a', strategy: 'fewest' }, { name: 'b', strategy: 'single' }, LAST] })],
      '/rules/1',
      [distribution({ rules: [{ name: 'a', strategy: 'single' }, { name: 'b', strategy: 'fewest' }, LAST] })],
    ],
    [
      [distribution({ rules: [{ name: 'a', strategy: 'single' }, { name: 'b', strategy: 'single' }, LAST] })],
      '/rules/1',
      [
        distribution({
          rules: [
            { name: 'a', strategy: 'single' },
            { name: 'b', strategy: 'single', lines: 'line.quantity > 1' },
            LAST,
          ],
        }),
      ],
    ],
  ],
  filter_matches_nothing: [
    [
      [withRule({ locations: { include: ['W1'], types: ['store'] } })],
      '/rules/0/locations',
      [withRule({ locations: { include: ['B1'], types: ['store'] } })],
    ],
    [
      [transfer(), surroundings({ locations: [place('W1', { roles: ['packs'] })] })],
      '/rules/0/sources',
      [transfer(), surroundings({ locations: [place('W1', { roles: ['transferSource'] })] })],
    ],
  ],
  no_fallback: [
    [
      [distribution({ rules: [{ name: 'a', strategy: 'fewest' }] })],
      '/rules',
      [distribution({ rules: [{ name: 'a', strategy: 'fewest' }, LAST] })],
    ],
    [[distribution({ rules: [{ ...LAST, when: 'order.priority < 3' }] })], '/rules', [distribution()]],
  ],
  inactive_default_location: [
    [
      [distribution(), surroundings({ locations: [place('W1', { active: false }), BARE] })],
      '/defaultLocation',
      [distribution(), surroundings({ locations: [W1, { ...BARE, active: false }] })],
    ],
  ],
  default_location_cannot_pack: [
    [
      [distribution(), surroundings({ locations: [place('W1', { roles: ['transferSource'] }), BARE] })],
      '/defaultLocation',
      [distribution(), surroundings({ locations: [place('W1', { roles: ['packs'] }), BARE] })],
    ],
  ],
};
