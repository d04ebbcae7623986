import type { ExclusionReason } from '../exclusion.js';
import type { RuleVerdict } from '../explanation.js';
import { margin } from './margin.js';
import { count, list } from './words.js';

/** What one rule saw, what it did, and why, in a few sentences. */
export function describeRule(verdict: RuleVerdict): string {
  const { rule, outcome, detail } = verdict;
  switch (outcome) {
    case 'when_false':
      return `Rule "${rule}" does not apply: its condition does not hold.`;
    case 'when_failed':
      return `Rule "${rule}" does not apply: its condition cannot be evaluated (${detail ?? 'unknown'}).`;
    case 'no_lines':
      return `Rule "${rule}" sees none of the lines that are left.`;
    case 'nothing_fits':
      return [seen(verdict), takesPart(verdict), `It placed nothing: ${WHY_NOTHING[verdict.strategy]}.`].join(' ');
    case 'placed':
      return [seen(verdict), takesPart(verdict), placed(verdict), won(verdict), unproven(verdict)].join(' ').trim();
  }
}

const WHY_NOTHING: Readonly<Record<RuleVerdict['strategy'], string>> = {
  single: 'no single location can supply everything',
  fewest: 'no choice of locations within its limits can supply everything',
  partial: 'nothing of it can be supplied within its limits',
};

function seen({ rule, strategy, sees }: RuleVerdict): string {
  const lines = Object.values(sees);
  const units = lines.reduce((sum, quantity) => sum + quantity, 0);
  return `Rule "${rule}" (${strategy}) sees ${count(units, 'unit')} of ${count(lines.length, 'line')}.`;
}

/** Codes of excluded locations that are named. */
const NAMED = 3;

function takesPart({ candidates, moreCandidates, excluded }: RuleVerdict): string {
  const possible = count(candidates.length + moreCandidates, 'location');
  if (excluded.length === 0) return `${possible} can take part.`;
  const groups = excluded.map(({ reason, count: many, locations }) => {
    const codes = many <= NAMED ? ` (${locations.join(', ')})` : ` (${locations.slice(0, NAMED).join(', ')} ...)`;
    return `${many} ${SHORT[reason]}${codes}`;
  });
  return `${possible} can take part; left out: ${list(groups, Infinity)}.`;
}

/** To follow a number of locations. */
const SHORT: Readonly<Record<ExclusionReason, string>> = {
  inactive: 'not active',
  missing_role: 'without the role',
  not_included: 'not named by the rule',
  excluded: 'excluded by the rule',
  other_type: 'of another type',
  no_tag: 'without the tag',
  other_area: 'in another area',
  no_coordinates: 'without coordinates',
  too_far: 'too far away',
  no_quota: 'without a quota',
  quota_full: 'with a full quota',
  no_calendar: 'without opening hours',
  closed: 'closed for packing',
  refused: 'that refused the goods',
  discrepancy: 'that reported the goods as missing',
  no_stock: 'without stock',
};

function placed({ chosen, objective, sources = [] }: RuleVerdict): string {
  const units = count(objective?.units ?? 0, 'unit');
  const from = [...new Set(sources.map(({ location }) => location))];
  const brought = from.length === 0 ? '' : `, with goods from ${list(from)}`;
  return `It placed ${units} at ${list(chosen)}${brought}.`;
}

function won({ chosen, objective, runnerUp, runnerUpSearch, criteria }: RuleVerdict): string {
  if (!objective) return '';
  if (!runnerUp)
    return runnerUpSearch === 'complete'
      ? 'No other choice of locations was possible.'
      : 'No other choice of locations was found in the time that was left to look for one.';
  const verb = chosen.length === 1 ? 'wins' : 'win';
  const unsure = runnerUpSearch === 'complete' ? '' : ' (the best other choice that was found)';
  return `${list(chosen)} ${verb} over ${list(runnerUp.locations)}${unsure}: ${margin(objective, runnerUp.objective, criteria)}.`;
}

function unproven({ optimal }: RuleVerdict): string {
  return optimal ? '' : 'The time ended before this was proven to be the best.';
}
