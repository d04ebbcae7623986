import { ofPackagingRules, ofScenario, isDistribution, type Check } from '../check.js';
import { filtersOf } from '../parts.js';

export const maxPackagesWithoutEffect: Check = {
  code: 'max_packages_without_effect',
  severity: 'warning',
  about: '`maxPackages` at a rule that makes one package at most: strategy `single`, or `transferable`.',
  hint: 'Remove `maxPackages`, or choose the strategy `fewest`.',
  find: ofPackagingRules(({ name, strategy, maxPackages, transferable }, pointer) => {
    if (maxPackages === undefined || (strategy !== 'single' && !transferable)) return [];
    return [{ pointer: `${pointer}/maxPackages`, message: `rule ${name} makes one package at most anyway` }];
  }),
};

export const minPackageValueWithoutEffect: Check = {
  code: 'min_package_value_without_effect',
  severity: 'warning',
  about: '`minPackageValue` is asked of several packages, and the rule makes one at most.',
  hint: 'Remove `minPackageValue`, or allow several packages.',
  find: ofPackagingRules(({ name, strategy, maxPackages, minPackageValue, transferable }, pointer) => {
    const isOne = strategy === 'single' || maxPackages === 1 || transferable === true;
    if (minPackageValue === undefined || !isOne) return [];
    return [{ pointer: `${pointer}/minPackageValue`, message: `rule ${name} makes one package at most` }];
  }),
};

export const allowLineSplitWithoutEffect: Check = {
  code: 'allow_line_split_without_effect',
  severity: 'info',
  about: '`allowLineSplit: false` at a rule with strategy `single`, which splits no line anyway.',
  hint: 'Remove `allowLineSplit`.',
  find: ofPackagingRules(({ name, strategy, allowLineSplit }, pointer) => {
    if (strategy !== 'single' || allowLineSplit !== false) return [];
    return [{ pointer: `${pointer}/allowLineSplit`, message: `rule ${name} splits no line anyway` }];
  }),
};

export const multiplePackagesStateWithoutEffect: Check = {
  code: 'multiple_packages_state_without_effect',
  severity: 'warning',
  about:
    '`multiplePackagesState` is set, and no order can get several packages: every rule is `single` and sees all lines.',
  hint: 'Remove it, or add a rule that makes several packages.',
  find: ofScenario(({ multiplePackagesState, rules }) => {
    const isAlwaysOne = rules.every(({ strategy, lines }) => strategy === 'single' && lines === undefined);
    if (multiplePackagesState === undefined || !isAlwaysOne) return [];
    return [{ pointer: '/multiplePackagesState', message: 'no order gets several packages by these rules' }];
  }),
};

export const maxSourcesWithoutEffect: Check = {
  code: 'max_sources_without_effect',
  severity: 'info',
  about: '`maxSources` above 1 at a transfer rule with `lines: all`, which uses one source anyway.',
  hint: 'Remove `maxSources`, or write `lines: any`.',
  find: (scenario) =>
    isDistribution(scenario)
      ? []
      : scenario.rules.flatMap(({ name, lines, maxSources = 1 }, index) =>
          lines === 'all' && maxSources > 1
            ? [{ pointer: `/rules/${index}/maxSources`, message: `rule ${name} uses one source anyway` }]
            : [],
        ),
};

export const excludeWithoutEffect: Check = {
  code: 'exclude_without_effect',
  severity: 'info',
  about: 'A rule excludes a location that its list of included ones does not have.',
  hint: 'Remove the name from `exclude`.',
  find: (scenario) =>
    filtersOf(scenario).flatMap(({ pointer, rule, filter: { include = [], exclude = [] } }) =>
      exclude.flatMap((code, index) =>
        include.length === 0 || include.includes(code)
          ? []
          : [{ pointer: `${pointer}/exclude/${index}`, message: `rule ${rule} does not include ${code} anyway` }],
      ),
    ),
};

export const repeatedEntry: Check = {
  code: 'repeated_entry',
  severity: 'info',
  about: 'A list of a filter has the same entry twice.',
  hint: 'Remove the second one.',
  find: (scenario) =>
    filtersOf(scenario).flatMap(({ pointer, filter }) =>
      (['include', 'exclude', 'types', 'tagsAny', 'roles'] as const).flatMap((field) => {
        const values: readonly string[] = filter[field] ?? [];
        return values.flatMap((value, index) =>
          values.indexOf(value) === index
            ? []
            : [{ pointer: `${pointer}/${field}/${index}`, message: `${value} is in the list already` }],
        );
      }),
    ),
};
