import type { PackagingRule } from '../../configuration/scenario.js';
import { compareText } from '../compareText.js';
import type { Wanted } from '../demand.js';
import { explainRule, type Choice } from '../explainRule.js';
import { place, type Ledger } from '../ledger.js';
import { compareKeys } from '../rank.js';
import type { Budgets, RuleRun } from '../ruleRun.js';
import type { Screening } from '../screen.js';
import type { Budget } from '../solver/budget.js';
import type { Candidate } from '../solver/problem.js';
import { choosePart, comparePackings } from './choosePart.js';
import { packAt, type Packing } from './packAt.js';
import { createPromises, type Promise as Promised } from './promise.js';

interface Candidacy extends Promised {
  readonly at: number;
  readonly candidate: Candidate;
}

interface Place {
  readonly at: number;
  readonly candidate: Candidate;
  readonly packing: Packing;
}

/**
 * Runs a rule whose units are all packed at one location, with what it lacks brought there. Locations are
 * tried in the order of what they can promise at best (units, packages, transfers, rank), until none that is
 * left can be as good as the best so far.
 */
export function runTransferable(
  ledger: Ledger,
  rule: PackagingRule,
  wanted: readonly Wanted[],
  screening: Screening,
  { budget, spare }: Budgets,
): RuleRun {
  const promises = promisesOf(ledger, rule, wanted, screening, budget);
  const packingAt = createPackings(ledger, rule, wanted);
  const { best, isProven, promise } = choosePlace(promises, packingAt, budget);
  const others = promises.filter(({ at }) => at !== best?.at);
  const next = best && choosePlace(others, packingAt, spare);
  const verdict = explainRule(rule, wanted, screening, {
    choice: best && asChoice(best),
    isProven,
    contest: next && {
      runnerUp: next.best && asChoice(next.best),
      search: next.isProven ? 'complete' : 'cut_short',
    },
  });
  for (const { source, line, units } of best?.packing.deliveries ?? []) {
    const of = wanted.find((entry) => entry.line.id === line)?.line;
    if (of && best) place(ledger, { location: best.candidate.code, rule: rule.name, source }, of, units);
  }
  const bound = { rule: rule.name, units: promise?.units ?? 0, packages: promise?.packages ?? 0 };
  return { verdict, bound: isProven ? null : bound };
}

const asChoice = ({ at, candidate, packing }: Place): Choice => ({
  chosen: [at],
  units: packing.units,
  packages: packagesOf(candidate),
  key: candidate.key,
  transfers: packing.sources,
});

const packagesOf = ({ isOpen }: Candidate): number => (isOpen ? 0 : 1);

/** Best first. */
function promisesOf(
  ledger: Ledger,
  rule: PackagingRule,
  wanted: readonly Wanted[],
  { candidates, skus }: Screening,
  budget: Budget,
): Candidacy[] {
  const promiseOf = createPromises(ledger, wanted, skus, budget);
  return candidates
    .map((candidate, at) => ({ at, candidate, ...promiseOf(candidate) }))
    .filter(({ units, isWhole }) => units > 0 && (rule.strategy === 'partial' || isWhole))
    .sort((a, b) => comparePromises(a, b) || a.at - b.at);
}

type PackingAt = (candidacy: Candidacy, budget: Budget) => Packing | null;

/** What a candidate can pack; each is looked at once. */
function createPackings(ledger: Ledger, rule: PackagingRule, wanted: readonly Wanted[]): PackingAt {
  const locations = new Map(ledger.locations.map((location) => [location.code, location]));
  const packings = new Map<number, Packing | null>();
  return ({ at, candidate }, budget) => {
    const known = packings.get(at);
    const location = locations.get(candidate.code);
    if (known !== undefined || !location) return known ?? null;
    const found = choosePart(rule, wanted, (lines) => packAt(ledger, rule.name, location, lines, budget), budget);
    packings.set(at, found);
    return found;
  };
}

function choosePlace(
  promises: readonly Candidacy[],
  packingAt: PackingAt,
  budget: Budget,
): { best: Place | null; isProven: boolean; promise: Promised | null } {
  let best: Place | null = null;
  let isProven = true;
  for (const promise of promises) {
    const { at, candidate } = promise;
    if (best && comparePromises(promise, achieved(best)) > 0) break;
    if (budget.isSpent() && (best || budget.reserve.isSpent())) return { best, isProven: false, promise };
    const packing = packingAt(promise, budget);
    if (!packing) continue;
    isProven &&= packing.isProven;
    const found = { at, candidate, packing };
    if (!best || comparePlaces(found, best) < 0) best = found;
  }
  return { best, isProven, promise: promises[0] ?? null };
}

interface Comparable {
  readonly units: number;
  readonly packages: number;
  readonly transfers: number;
  readonly candidate: Candidate;
}

const achieved = ({ candidate, packing }: Place): Comparable => ({
  candidate,
  units: packing.units,
  packages: packagesOf(candidate),
  transfers: packing.sources.length,
});

function comparePromises(a: Comparable, b: Comparable): number {
  return (
    b.units - a.units ||
    a.packages - b.packages ||
    a.transfers - b.transfers ||
    compareKeys(a.candidate.key, b.candidate.key)
  );
}

/** Units, packages, transfers, rank of the place, ranks of the sources, codes with the place's first. */
function comparePlaces(a: Place, b: Place): number {
  return (
    comparePromises(achieved(a), achieved(b)) ||
    compareKeys(a.packing.key, b.packing.key) ||
    compareText(a.candidate.code, b.candidate.code) ||
    comparePackings(a.packing, b.packing)
  );
}
