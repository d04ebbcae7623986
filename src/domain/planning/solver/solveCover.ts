import type { Budget } from './budget.js';
import { restrict, type Cover } from './cover.js';
import { createCoverIndex, type CoverIndex } from './coverIndex.js';
import type { Limit, Part } from './coverPart.js';
import { boundOf, relax, type Bound } from './coverRelaxation.js';
import { stagesOf, type Stage } from './coverStages.js';
import { searchTree, type Quest } from './coverTree.js';
import { firstWalks, greedyWalks } from './coverWalks.js';
import { codeOrderOf, codesOf, createIncumbent, lackOf, packagesIn, type Incumbent } from './incumbent.js';

export interface CoverAnswer {
  /** Candidates, ascending. */
  readonly chosen: readonly number[] | null;
  /** What no choice falls below: units that it lacks, and where it lacks no more, packages. */
  readonly leastLack: number;
  readonly leastPackages: number;
  /** The choice is the best, or there is none. */
  readonly isProven: boolean;
}

/**
 * The best choice of candidates, one part of the objective after the other: each is made as small as it can be
 * while those before it stay as small as they are. That is exact, and the relaxation bounds one
 * part much better than all of them in one sum.
 *
 * @param mayLack Rows need not be covered, but as many units as possible come first.
 */
export function solveCover(all: Cover, mayLack: boolean, budget: Budget): CoverAnswer {
  budget.spend(all.gives.length * all.needs.length * (2 + all.gives.length / 512));
  if (budget.isSpent()) {
    return { chosen: walked(all, null, mayLack, budget), leastLack: 0, leastPackages: 0, isProven: false };
  }
  const first = firstWalks(all, budget);
  const useful = usefulFor(all, mayLack || all.isAllowed ? all.maxSize : mostPackages(all, first));
  const solving = startSolving(restrict(all, useful), mayLack, budget);
  for (const walk of first) solving.incumbent.offer(walk.flatMap((at) => places(useful, at)));
  const least = { units: 0, packages: 0 };
  for (const stage of stagesOf(solving.cover, mayLack)) {
    const { isComplete, value } = runStage(solving, stage);
    if (stage.name !== 'rank') least[stage.name] = value;
    const chosen = solving.incumbent.chosen()?.map((at) => useful[at] ?? 0) ?? null;
    const answer = { chosen, leastLack: least.units, leastPackages: least.packages, isProven: isComplete };
    if (!isComplete && stage.name !== 'rank') return { ...answer, chosen: walked(all, chosen, mayLack, budget) };
    if (!isComplete || !chosen) return answer;
  }
  const chosen = solving.incumbent.chosen()?.map((at) => useful[at] ?? 0) ?? null;
  return { chosen, leastLack: least.units, leastPackages: least.packages, isProven: true };
}

/** What is known of the coverings with the fewest packages. */
export interface Fewest {
  /** No covering has fewer. */
  readonly packages: number;
  /** False where the candidate is surely in no covering with so few. */
  readonly mayBelong: (at: number) => boolean;
}

/** Proves how few packages a covering needs, as far as the budget lasts, and which candidates can be part of one. */
export function fewestPackages(cover: Cover, budget: Budget): Fewest {
  const solving = startSolving(cover, false, budget);
  firstWalks(cover, budget).forEach(solving.incumbent.offer);
  const stage = stagesOf(cover, false).find(({ name }) => name === 'packages');
  const { value, isComplete } = stage ? runStage(solving, stage) : { value: 0, isComplete: false };
  const members = new Set(solving.alive);
  return { packages: value, mayBelong: (at) => !isComplete || members.has(at) };
}

/** No best covering has more packages than one of these that covers. */
function mostPackages(cover: Cover, walks: readonly (readonly number[])[]): number {
  const whole = walks.filter((walk) => lackOf(cover, walk).rows === 0);
  return Math.min(cover.maxSize, ...whole.map((walk) => packagesIn(cover, walk)));
}

/** Without proof: never worse than what greedy choices find. */
function walked(
  cover: Cover,
  known: readonly number[] | null,
  mayLack: boolean,
  { reserve }: Budget,
): readonly number[] | null {
  const incumbent = createIncumbent(cover, codeOrderOf(cover), mayLack);
  if (known) incumbent.offer(known);
  const walks = cover.notAllOf.length > 0 ? firstWalks : greedyWalks;
  walks(cover, reserve).forEach(incumbent.offer);
  return incumbent.chosen();
}

function places(useful: readonly number[], at: number): number[] {
  const place = useful.indexOf(at);
  return place === -1 ? [] : [place];
}

interface Solving {
  readonly cover: Cover;
  readonly mayLack: boolean;
  readonly budget: Budget;
  readonly hasOpen: boolean;
  readonly codeOrder: Int32Array;
  readonly incumbent: Incumbent;
  /** Null where rows do not tell enough. */
  readonly index: CoverIndex | null;
  /** Candidates that can be part of a best choice, and what the stages before demand of one. */
  alive: readonly number[];
  readonly limits: Limit[];
  /** Most candidates that can be chosen; Infinity where those that are open already make that hard to say. */
  most: number;
}

function startSolving(cover: Cover, mayLack: boolean, budget: Budget): Solving {
  const hasOpen = cover.isOpen.includes(true);
  const codeOrder = codeOrderOf(cover);
  const size = { of: new Float64Array(cover.gives.length).fill(1), most: cover.maxSize, isExact: false };
  const isLimited = (hasOpen || mayLack) && cover.maxSize < cover.gives.length;
  const lacks = mayLack ? new Float64Array(cover.needs.length) : null;
  return {
    cover,
    mayLack,
    budget,
    hasOpen,
    codeOrder,
    incumbent: createIncumbent(cover, codeOrder, mayLack),
    index: hasOpen || mayLack || cover.isAllowed ? null : createCoverIndex(cover.gives),
    alive: [...cover.gives.keys()],
    limits: [...(isLimited ? [{ ...size, lacks }] : []), ...barOf(cover).map((bar) => ({ ...bar, lacks }))],
    most: hasOpen ? Infinity : cover.maxSize,
  };
}

/** That a choice must not have all of some candidates, as a row. */
function barOf({ notAllOf, gives }: Cover): Omit<Limit, 'lacks'>[] {
  if (notAllOf.length === 0) return [];
  const of = new Float64Array(gives.length);
  for (const at of notAllOf) of[at] = 1;
  return [{ of, most: notAllOf.length - 1, isExact: false }];
}

/** @returns The value of the stage when it is complete, otherwise what bounds it. */
function runStage(solving: Solving, stage: Stage): { isComplete: boolean; value: number } {
  const { cover, incumbent, budget, hasOpen } = solving;
  const bound = boundOf(relax(partOf(solving, stage, solving.alive)), budget);
  const least = Math.ceil(bound.value);
  const isComplete = budget.isSpent() ? false : searchStage(solving, stage, bound);
  const best = incumbent.chosen();
  if (!isComplete || !best) return { isComplete, value: least };
  const value = stage.valueOf(best);
  solving.alive = solving.alive.filter((_, at) => Math.ceil(bound.value + surcharge(bound, at)) <= value);
  solving.limits.push({ ...stage.goal, most: value, isExact: stage.name === 'packages' });
  if (stage.name === 'packages' && !hasOpen) solving.most = packagesIn(cover, best);
  return { isComplete, value };
}

/** What the choice costs at least with the candidate beside what it costs anyway. */
const surcharge = ({ reduced }: Bound, at: number): number => Math.max(0, reduced[at] ?? 0);

/** Candidates per row with which the search begins; each time that nothing is found it is twice as many. */
const CORE = 5;

/**
 * Searches among the candidates that cost little beside the bound, for choices that cost no more than
 * any choice with another candidate; when there is none, among more of them.
 */
function searchStage(solving: Solving, stage: Stage, bound: Bound): boolean {
  const { alive, incumbent, cover } = solving;
  const known = () => {
    const best = incumbent.chosen();
    return best ? stage.valueOf(best) : Infinity;
  };
  const least = Math.ceil(bound.value);
  const most = stage.name === 'packages' ? solving.most : Infinity;
  const costs = Float64Array.from(alive, (_, at) => surcharge(bound, at)).sort();
  for (let size = CORE * cover.needs.length; ; size *= 2) {
    const next = costs[size];
    const limit = next === undefined ? Infinity : Math.max(least, Math.floor(bound.value + next));
    const isLast = limit >= Math.min(most, known());
    const quest = questOf(solving, stage, isLast ? most : limit, known);
    if (quest.gain(least) === 'none') return true;
    const some = alive.filter((_, at) => quest.gain(Math.ceil(bound.value + surcharge(bound, at))) !== 'none');
    if (!searchTree(quest, partOf(solving, stage, some))) return false;
    if (isLast || known() <= limit) return true;
  }
}

function questOf(solving: Solving, { name, isLast }: Stage, limit: number, known: () => number): Quest {
  const { cover, codeOrder, incumbent, hasOpen, budget } = solving;
  return {
    cover,
    gain: (least) => {
      if (least === Infinity || least > limit) return 'none';
      const best = known();
      return least < best ? 'better' : least === best && isLast ? 'tie' : 'none';
    },
    mayWinTie: (ones, free) => {
      const some = codesOf(codeOrder, free).subarray(0, Math.max(0, solving.most - ones.length));
      const smallest = Int32Array.of(...codesOf(codeOrder, ones), ...some).sort();
      return mayPrecede(smallest, incumbent.codes(), hasOpen);
    },
    codeOrder,
    offer: incumbent.offer,
    most: () => (name === 'packages' && !hasOpen ? Math.min(solving.most, limit, known() - 1) : solving.most),
    index: solving.index,
    budget,
  };
}

function mayPrecede(smallest: Int32Array, best: Int32Array, hasOpen: boolean): boolean {
  for (let at = 0; at < best.length; at++) {
    const [mine = Infinity, theirs = 0] = [smallest[at], best[at]];
    if (mine !== theirs) return mine < theirs;
  }
  return hasOpen;
}

function partOf({ cover, limits }: Solving, { goal }: Stage, alive: readonly number[]): Part {
  const gives = new Float64Array(alive.length * cover.needs.length);
  alive.forEach((at, to) => gives.set(cover.gives[at] ?? [], to * cover.needs.length));
  const of = (values: Float64Array) => Float64Array.from(alive, (at) => values[at] ?? 0);
  return {
    places: Int32Array.from(alive),
    rows: Int32Array.from(cover.needs.keys()),
    needs: Float64Array.from(cover.needs),
    gives,
    goal: { ...goal, of: of(goal.of) },
    limits: limits.map((limit) => ({ ...limit, of: of(limit.of) })),
    ones: [],
    paid: 0,
  };
}

/**
 * Without candidates that give nothing, and those for which there are as many better ones as can be chosen: in
 * any choice one of the better ones is unused and can take the place. One more where all of some candidates are
 * barred, as one of the better ones may then be the last of those.
 */
function usefulFor({ gives, isOpen, notAllOf, isAllowed }: Cover, size: number): number[] {
  const most = notAllOf.length > 0 ? size + 1 : size;
  const giving = gives.flatMap((of, at) => (of.some((units) => units > 0) ? [at] : []));
  if (isAllowed) return giving;
  const closed = giving.filter((at) => !isOpen[at]);
  // Open ones do not count as better: a covering can have them beside the packages.
  const index = createCoverIndex(closed.map((at) => gives[at] ?? []));
  const beaten = new Set(closed.filter((_, place) => index.betterThan(place, most) >= most));
  return giving.filter((at) => !beaten.has(at));
}
