import type { Condition, LocationFilter, Scenario, TransferScenario } from '../../configuration/scenario.js';

/** Without a prototype: a rule may be named `constructor`, and no name may meet what objects inherit. */
type Keyed = Readonly<Record<string, unknown>>;

const keyed = (entries: Iterable<readonly [string, unknown]>): Keyed => {
  const made = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) made[key] = value;
  return made;
};

/** A list whose order means nothing: its entries as keys. */
const listed = (values: readonly string[]): Keyed => keyed(values.map((value) => [value, true]));

const LISTS: ReadonlySet<string> = new Set(['include', 'exclude', 'types', 'tagsAny', 'roles']);

/**
 * A scenario in the form in which two versions are compared: rules by name, lists by entry, ranks as a whole.
 * The order of rules and lists is not in it.
 */
export function normalForm({ conditions, rules, ...fields }: Scenario | TransferScenario): Keyed {
  return keyed([
    ...Object.entries(fields),
    ['conditions', keyed(Object.entries(conditions).map(([name, of]) => [name, normalCondition(of as Condition)]))],
    ['rules', keyed(rules.map((rule) => [rule.name, normalRule(rule)]))],
  ]);
}

function normalCondition(condition: Condition): unknown {
  if (condition === 'any') return condition;
  return 'in' in condition ? keyed([['in', listed(condition.in)]]) : keyed(Object.entries(condition));
}

function normalRule(rule: Scenario['rules'][number] | TransferScenario['rules'][number]): Keyed {
  return keyed(
    Object.entries(rule).map(([field, value]) => {
      if (field === 'rank') return [field, JSON.stringify(value)];
      if (field === 'locations' || field === 'sources') return [field, normalFilter(value as LocationFilter)];
      return [field, value];
    }),
  );
}

const normalFilter = (filter: LocationFilter): Keyed =>
  keyed(Object.entries(filter).map(([field, value]) => [field, LISTS.has(field) ? listed(value as string[]) : value]));
