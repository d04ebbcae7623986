import type { PackagingRule, Scenario, TransferScenario } from '../../../configuration/scenario.js';
import { outcomesOf } from '../../../expressions/outcomes.js';
import { isDistribution, type Check, type Spot } from '../check.js';
import { coversDemand, coversFilter } from '../cover.js';
import { expressionsOf } from '../parts.js';

export const unreachableRule: Check = {
  code: 'unreachable_rule',
  severity: 'error',
  about:
    'The rule never places anything: its `when` or `lines` holds for no order, or an earlier rule with at least the ' +
    'same locations and lines leaves nothing that it could place.',
  hint: 'Remove the rule, or move it before the one that takes everything.',
  find: (scenario) => [...withFalseExpression(scenario), ...(isDistribution(scenario) ? starved(scenario) : [])],
};

const withFalseExpression = (scenario: Scenario | TransferScenario): Spot[] =>
  expressionsOf(scenario).flatMap(({ text, scope, pointer, of }) => {
    if (of === 'condition' || outcomesOf(text, scope)?.canHold !== false) return [];
    return [{ pointer, message: `the rule never fires: ${text} holds for no order` }];
  });

const starved = ({ rules }: Scenario): Spot[] =>
  rules.flatMap((rule, index) => {
    const taker = rules.slice(0, index).find((earlier, at) => leavesNothingFor(earlier, rule, at === index - 1));
    if (!taker) return [];
    return [
      { pointer: `/rules/${index}`, message: `rule ${rule.name} never fires: rule ${taker.name} leaves nothing` },
    ];
  });

/**
 * `partial` without limits takes every unit that the later rule could place. Right before it, a rule that
 * wants all or nothing and failed shows that one which asks for more fails too.
 */
function leavesNothingFor(earlier: PackagingRule, later: PackagingRule, isNext: boolean): boolean {
  if (earlier.transferable || later.transferable || !coversFilter(earlier.locations, later.locations)) return false;
  if (earlier.strategy === 'partial') return isUnlimited(earlier) && coversDemand(earlier, later);
  // Fewer lines may fit where all of them did not, so both must see the same.
  if (!isNext || earlier.lines !== later.lines || !coversDemand(earlier, later)) return false;
  if (later.strategy === 'partial') return false;
  if (most(later) === 1) return true;
  return (
    earlier.strategy === 'fewest' &&
    most(earlier) >= most(later) &&
    (earlier.minPackageValue ?? 0) <= (later.minPackageValue ?? 0) &&
    (earlier.allowLineSplit !== false || later.allowLineSplit === false)
  );
}

const isUnlimited = ({ maxPackages, minPackageValue, allowLineSplit }: PackagingRule): boolean =>
  maxPackages === undefined && minPackageValue === undefined && allowLineSplit !== false;

const most = ({ strategy, maxPackages }: PackagingRule): number =>
  strategy === 'single' ? 1 : (maxPackages ?? Infinity);
