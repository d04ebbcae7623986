import type { PlanInput } from '../planCase.js';
import { applyChanges, type Change } from './change.js';
import { remediesFor } from './remedies.js';
import { sentenceOf } from './sentence.js';
import { smallest } from './smallest.js';
import { sentenceOfTie, tieOf, type Tie } from './tie.js';
import { judge, type Judged, type LocationVerdict } from './verdicts.js';

/** Changes that would have made a location win, proven by planning the case with them. */
export interface Counterfactual {
  readonly changes: readonly Change[];
  readonly sentence: string;
}

/** Why a location does not pack any of an order. */
export interface WhyNot {
  readonly location: string;
  /**
   * `chosen`: it packs something; `could_win`: with changes that are known; `tied`: no change is known, and only
   * the codes decided against it.
   */
  readonly outcome: 'chosen' | 'could_win' | 'tied' | 'no_change_found';
  /** In the order of the rules. */
  readonly rules: readonly LocationVerdict[];
  readonly counterfactual: Counterfactual | null;
  /** A plan with it that is as good as the one that was made, so that only the codes decided. */
  readonly tie: Tie | null;
  /** For people, in plain English; one paragraph a line. */
  readonly text: string;
}

export interface WhyNotOptions {
  /** Of each plan that is tried, as for `plan`. */
  readonly budgetMs: number;
  /** Asked between plans; true ends the search with what is known. */
  readonly isLate?: () => boolean;
}

/** Kinds of change at once, and plans that are tried to find which. */
const MOST = { changes: 4, tries: 150, winners: 6 };

/**
 * Why a location packs nothing of an order, rule by rule, and the smallest change that would have made it pack
 * at least one unit: the fewest changes, then the smallest amounts.
 *
 * What each rule holds against the location gives changes to try; each try is the whole case planned again, so a
 * change that is told has been proven. Searched breadth first by the number of changes; amounts are then made
 * smaller by bisection until one unit less does not win. The search is bounded: where nothing is found, there
 * may still be a change of a kind that is not tried, such as less stock elsewhere.
 *
 * @param location Code of a location of the case.
 */
export function whyNot(input: PlanInput, location: string, options: WhyNotOptions): WhyNot {
  const first = judge(input, location, options.budgetMs);
  const { rules } = first;
  const told = (outcome: WhyNot['outcome'], end: readonly string[], found: Partial<WhyNot> = {}): WhyNot => {
    const text = [`Location ${location}:`, ...rules.map(line), ...end].join('\n');
    return { location, outcome, rules, counterfactual: null, tie: null, text, ...found };
  };
  if (packs(first, location)) return told('chosen', ['It packs a part of the order.']);
  if (!first.answer.scenario) {
    return told('no_change_found', ['No scenario applies to the order, so no location could be chosen.']);
  }
  const tie = tieOf({ input, changes: [], location, answer: first.answer }, options.budgetMs);
  const equal = tie ? [sentenceOfTie(location, tie)] : [];
  const { changes, tries, isCut, nearly } = search(input, location, first, options);
  if (changes) {
    const counterfactual = { changes, sentence: sentenceOf(location, changes) };
    return told('could_win', [...equal, counterfactual.sentence], { counterfactual, tie });
  }
  const tied = tie ?? firstTie(input, location, nearly, options);
  if (tied) return told('tied', [sentenceOfTie(location, tied)], { tie: tied });
  const isLate = isCut ? ' before the time ended' : '';
  const end = `It packs nothing in any of the ${tries} plans that were tried${isLate}, with several changes at once.`;
  return told('no_change_found', [end]);
}

/** Of the plans with one change that did not make it win, the first in which only the codes decide. */
function firstTie(input: PlanInput, location: string, nearly: readonly Try[], options: WhyNotOptions): Tie | null {
  for (const { changes, judged } of nearly) {
    if (options.isLate?.()) return null;
    const contest = { input: applyChanges(input, location, changes), changes, location, answer: judged.answer };
    const tie = tieOf(contest, options.budgetMs);
    if (tie) return tie;
  }
  return null;
}

const line = ({ rule, verdict, detail }: LocationVerdict) => `Rule "${rule}": ${verdict} (${detail}).`;

const packs = ({ answer }: Judged, code: string): boolean => answer.packages.some(({ location }) => location === code);

interface Found {
  readonly changes: readonly Change[] | null;
  readonly tries: number;
  readonly isCut: boolean;
  /** What was tried with the fewest changes and did not win. */
  readonly nearly: readonly Try[];
}

function search(
  input: PlanInput,
  location: string,
  first: Judged,
  { budgetMs, isLate = () => false }: WhyNotOptions,
): Found {
  const judged = (changes: readonly Change[]) => judge(applyChanges(input, location, changes), location, budgetMs);
  const known = new Set<string>();
  const winners: (readonly Change[])[] = [];
  let waiting: Try[] = [{ changes: [], judged: first }];
  let nearly: Try[] = [];
  let tries = 0;
  const isOver = () => tries >= MOST.tries || winners.length >= MOST.winners || isLate();
  for (let size = 1; size <= MOST.changes && winners.length === 0; size++) {
    const untried = waiting.flatMap((parent) => further(input, location, parent, known));
    waiting = [];
    for (const changes of untried) {
      if (isOver()) break;
      tries += 1;
      const outcome = judged(changes);
      if (packs(outcome, location)) winners.push(changes);
      else waiting.push({ changes, judged: outcome });
    }
    if (size === 1) nearly = waiting;
  }
  const wins = (changes: readonly Change[]) => packs(judged(changes), location);
  const reduced = winners.map((changes) => smallest(changes, wins, input.order.shippingAddress)).sort(compare);
  return { changes: reduced[0] ?? null, tries, isCut: isLate(), nearly };
}

function further(input: PlanInput, location: string, { changes, judged }: Try, known: Set<string>): Change[][] {
  return remediesFor(applyChanges(input, location, changes), location, judged)
    .map((more) => [...changes, ...more])
    .filter((tried) => !isKnown(known, tried));
}

interface Try {
  readonly changes: readonly Change[];
  readonly judged: Judged;
}

function isKnown(known: Set<string>, changes: readonly Change[]): boolean {
  const text = JSON.stringify(changes.map((change) => JSON.stringify(change)).sort());
  if (known.has(text)) return true;
  known.add(text);
  return false;
}

/** What is told first of changes that are as many. */
const KINDS: readonly Change['kind'][] = [
  ...([
    'stock',
    'refusal',
    'discrepancy',
    'quota',
    'open',
    'active',
    'role',
    'filter',
    'priority',
    'distance',
  ] as const),
];

function compare(a: readonly Change[], b: readonly Change[]): number {
  const kinds = (changes: readonly Change[]) => changes.reduce((sum, { kind }) => sum + KINDS.indexOf(kind), 0);
  const amount = (changes: readonly Change[]) => changes.reduce((sum, change) => sum + amountOf(change), 0);
  return a.length - b.length || kinds(a) - kinds(b) || amount(a) - amount(b);
}

function amountOf(change: Change): number {
  switch (change.kind) {
    case 'stock':
      return change.more;
    case 'priority':
      return Math.abs(change.from - change.to);
    case 'distance':
      return change.fromKm - change.toKm;
    default:
      return 1;
  }
}
