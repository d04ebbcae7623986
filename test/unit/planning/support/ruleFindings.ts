import {
  BARE,
  W1,
  distribution,
  on,
  only,
  place,
  surroundings,
  transfer,
  withRule,
  type LintCases,
} from './lintSubjects.js';

export const RULE_FINDINGS: LintCases = {
  included_but_unusable: [
    [
      [withRule({ locations: { include: ['W1', 'B1'], types: ['warehouse'] } })],
      '/rules/0/locations/include/1',
      [withRule({ locations: { include: ['W1', 'B1'], types: ['warehouse', 'store'] } })],
    ],
    [
      [transfer({ sources: { include: ['W1'] } }), surroundings({ locations: [place('W1', { roles: ['packs'] })] })],
      '/rules/0/sources/include/0',
      [transfer({ sources: { include: ['W1'] } })],
    ],
  ],
  location_without_quota: [
    [
      [withRule({ locations: { requireQuota: true } })],
      '/rules/0/locations/requireQuota',
      [withRule({ locations: { requireQuota: true, exclude: ['B1'] } })],
    ],
  ],
  location_without_coordinates: [
    [
      [withRule({ locations: { withinKm: 10 } })],
      '/rules/0/locations/withinKm',
      [withRule({ locations: { withinKm: 10, types: ['warehouse'] } })],
    ],
  ],
  location_without_area: [
    [
      [withRule({ locations: { sameAs: 'state' } })],
      '/rules/0/locations/sameAs',
      [withRule({ locations: { sameAs: 'country' } })],
    ],
  ],
  location_without_calendar: [
    [
      [withRule({ locations: { openForPackaging: true } })],
      '/rules/0/locations/openForPackaging',
      [withRule({ locations: { openForPackaging: false } })],
    ],
  ],
  unknown_stock_engine: [
    [
      [withRule({}), surroundings({ locations: [W1, { ...BARE, stockEngine: 'old' }] })],
      '/rules/0/locations',
      [distribution(), surroundings({ locations: [W1, { ...BARE, stockEngine: 'old' }] })],
    ],
  ],
  density_without_quota: [
    [
      [withRule({ rank: [{ by: 'priority' }, { by: 'density' }] })],
      '/rules/0/rank/1',
      [withRule({ ...only('W1'), rank: [{ by: 'density' }] })],
    ],
  ],
  distance_without_coordinates: [
    [
      [transfer({ rank: [{ by: 'distance' }] })],
      '/rules/0/rank/0',
      [transfer({ sources: { exclude: ['B1'] }, rank: [{ by: 'distance' }] })],
    ],
  ],
  repeated_rank: [
    [
      [withRule({ rank: [{ by: 'stock' }, { by: 'priority' }, { by: 'stock', order: 'desc' }] })],
      '/rules/0/rank/2',
      [withRule({ rank: [{ by: 'stock' }, { by: 'priority' }] })],
    ],
  ],
  no_transfer_scenario: [
    [
      [withRule({ transferable: true }), surroundings()],
      '/rules/0/transferable',
      [withRule({ transferable: true }), surroundings({ transferScenarios: [transfer()] })],
    ],
    [
      [
        withRule({ transferable: true }, on({ in: ['web'] })),
        surroundings({ transferScenarios: [transfer({}, on({ in: ['app'] }))] }),
      ],
      '/rules/0/transferable',
      [
        withRule({ transferable: true }, on({ in: ['web'] })),
        surroundings({ transferScenarios: [transfer({}, on({ expression: 'order.priority < 2' }))] }),
      ],
    ],
  ],
  max_packages_without_effect: [
    [
      [withRule({ strategy: 'single', maxPackages: 2 })],
      '/rules/0/maxPackages',
      [withRule({ strategy: 'fewest', maxPackages: 2 })],
    ],
  ],
  min_package_value_without_effect: [
    [
      [withRule({ maxPackages: 1, minPackageValue: 100 })],
      '/rules/0/minPackageValue',
      [withRule({ maxPackages: 2, minPackageValue: 100 })],
    ],
  ],
  multiple_packages_state_without_effect: [
    [
      [
        distribution({
          multiplePackagesState: 'waiting_remote_action',
          rules: [{ name: 'a', strategy: 'single' }],
        }),
      ],
      '/multiplePackagesState',
      [
        distribution({
          multiplePackagesState: 'waiting_remote_action',
          rules: [{ name: 'a', strategy: 'single', lines: 'line.quantity > 1' }],
        }),
      ],
    ],
  ],
  lines_without_line: [
    [
      [withRule({ lines: 'order.priority == 1' })],
      '/rules/0/lines',
      [withRule({ lines: 'order.priority == 1 && line.quantity > 1' })],
    ],
  ],
  allow_line_split_without_effect: [
    [
      [withRule({ strategy: 'single', allowLineSplit: false })],
      '/rules/0/allowLineSplit',
      [withRule({ strategy: 'fewest', allowLineSplit: false })],
    ],
  ],
  max_sources_without_effect: [
    [[transfer({ lines: 'all', maxSources: 2 })], '/rules/0/maxSources', [transfer({ lines: 'any', maxSources: 2 })]],
  ],
  exclude_without_effect: [
    [
      [withRule({ locations: { include: ['W1'], exclude: ['B1'] } })],
      '/rules/0/locations/exclude/0',
      [withRule({ locations: { exclude: ['B1'] } })],
    ],
  ],
  repeated_entry: [
    [
      [withRule({ locations: { tagsAny: ['a', 'b', 'a'] } })],
      '/rules/0/locations/tagsAny/2',
      [withRule({ locations: { tagsAny: ['a', 'b'] } })],
    ],
  ],
  always_true: [[[withRule({ when: "'a' in ['a']" })], '/rules/0/when', [withRule({ when: 'order.priority > 0' })]]],
  same_priority: [
    [
      [distribution(), surroundings({ scenarios: [distribution({ name: 'other', ...on({ in: ['web'] }) })] })],
      '/priority',
      [distribution(), surroundings({ scenarios: [distribution({ name: 'other', priority: 99 })] })],
    ],
    [
      [
        distribution(on({ in: ['web'] })),
        surroundings({ scenarios: [distribution({ name: 'other', ...on({ in: ['web', 'app'] }) })] }),
      ],
      '/priority',
      [
        distribution(on({ in: ['web'] })),
        surroundings({ scenarios: [distribution({ name: 'other', ...on({ in: ['app'] }) })] }),
      ],
    ],
  ],
};
