import type { Explanation } from '../explanation.js';
import type { PlannedItem, PlanResult } from '../planResult.js';
import { describeRule } from './describeRule.js';
import { describeScenarios } from './describeScenarios.js';
import { count, list } from './words.js';

type Decided = Pick<PlanResult, 'scenario' | 'packages' | 'parked'> & {
  readonly explanation: Omit<Explanation, 'text'>;
};

/** Rules that are told; a scenario with more is told in part. */
const MOST_RULES = 20;

/**
 * The decision in plain English, for people: which scenario and why, what each rule saw and did, what became of
 * the rest. One paragraph each, a page at most.
 */
export function describePlan({ scenario, packages, parked, explanation }: Decided): string {
  const { scenarios, transferScenarios, rules, defaultLocation } = explanation;
  const untold = rules.length - MOST_RULES;
  return [
    describeScenarios(scenarios),
    ...(transferScenarios.length > 0 ? [describeScenarios(transferScenarios, 'Transfer scenario')] : []),
    ...rules.slice(0, MOST_RULES).map(describeRule),
    ...(untold > 0 ? [`${count(untold, 'more rule')} ran.`] : []),
    ...(scenario ? [result({ packages, parked }, defaultLocation)] : []),
  ].join('\n');
}

function result({ packages, parked }: Pick<Decided, 'packages' | 'parked'>, defaultLocation: string | null): string {
  const packed = packages.map(({ location, items, transfers }) => {
    const moved = transfers.map(({ source, items: from }) => `${units(from)} from ${source}`);
    return `${location} packs ${units(items)}${moved.length === 0 ? '' : `, ${list(moved)}`}.`;
  });
  const items = parked.map(({ line, sku, quantity }) => `${quantity} of ${sku} (line ${line})`);
  const rest =
    parked.length === 0
      ? 'Nothing is parked.'
      : `${units(parked)} ${isOne(parked) ? 'fits nowhere and is' : 'fit nowhere and are'} parked at ${defaultLocation ?? 'nowhere'}: ${list(items)}.`;
  return [...packed.slice(0, MOST_PACKAGES), ...more(packed.length), rest].join(' ');
}

const MOST_PACKAGES = 20;

const more = (packages: number): string[] =>
  packages > MOST_PACKAGES ? [`${count(packages - MOST_PACKAGES, 'more location')} pack something.`] : [];

const sum = (items: readonly PlannedItem[]): number => items.reduce((total, { quantity }) => total + quantity, 0);
const units = (items: readonly PlannedItem[]): string => count(sum(items), 'unit');
const isOne = (items: readonly PlannedItem[]): boolean => sum(items) === 1;
