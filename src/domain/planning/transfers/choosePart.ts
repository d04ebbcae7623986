import type { PackagingRule } from '../../configuration/scenario.js';
import { compareText } from '../compareText.js';
import type { Wanted } from '../demand.js';
import { compareKeys } from '../rank.js';
import type { Budget } from '../solver/budget.js';
import { compareCodes } from '../solver/compareSolutions.js';
import type { Packing } from './packAt.js';

/** Every subset of so many blocks is tried; more are given up one by one, without proof. */
const MAX_BLOCKS = 12;

/**
 * What one location packs of the lines that a rule sees. `single` and `fewest` want all or nothing; `partial`
 * takes what can be supplied, but blocks (a group, or a line that must not be split) only whole: of all
 * choices of blocks the best, of equal ones the one with the blocks of the smallest line ids.
 *
 * @param pack Packs the given lines as far as they can be supplied.
 * @param budget When it is spent, blocks are given up one by one, without proof.
 */
export function choosePart(
  rule: PackagingRule,
  wanted: readonly Wanted[],
  pack: (wanted: readonly Wanted[]) => Packing,
  budget: Budget,
): Packing | null {
  const all = pack(wanted);
  const isWhole = (packing: Packing, lines: readonly Wanted[]) =>
    lines.every(({ line, quantity }) => quantity === unitsOf(packing, line.id));
  if (isWhole(all, wanted)) return all;
  if (rule.strategy !== 'partial') return null;
  const blocks = blocksOf(rule, wanted);
  const loose = wanted.filter(({ line }) => !blocks.some((block) => block.some((of) => of.line === line)));
  if (blocks.length === 0) return all.units > 0 ? all : null;

  let best: Packing | null = null;
  let isProven = all.isProven;
  // What came whole when all was asked for mostly comes when only that is asked for.
  const likely = blocks.filter((block) => isWhole(all, block));
  for (const kept of choicesOf(blocks, likely, budget)) {
    if (budget.isSpent() && (best || budget.reserve.isSpent())) break;
    const lines = [...loose, ...kept.flat()].sort((a, b) => compareText(a.line.id, b.line.id));
    if (best && quantityOf(lines) < best.units) continue;
    const packing = lines.length > 0 ? pack(lines) : null;
    if (!packing || packing.units === 0 || !kept.every((block) => isWhole(packing, block))) continue;
    isProven &&= packing.isProven;
    if (!best || comparePackings(packing, best) < 0) best = packing;
  }
  return best && { ...best, isProven: isProven && blocks.length <= MAX_BLOCKS && !budget.isSpent() };
}

/** More units, fewer transfers, better ranks of the sources, smaller codes. */
export function comparePackings(a: Packing, b: Packing): number {
  const codes = ({ sources }: Packing) => sources.map(({ location }) => location).sort(compareText);
  return (
    b.units - a.units ||
    a.sources.length - b.sources.length ||
    compareKeys(a.key, b.key) ||
    compareCodes(codes(a), codes(b))
  );
}

const unitsOf = ({ deliveries }: Packing, line: string) =>
  deliveries.reduce((sum, delivery) => sum + (delivery.line === line ? delivery.units : 0), 0);

const quantityOf = (lines: readonly Wanted[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Lines that go whole or not at all, by their first line id. */
function blocksOf({ allowLineSplit }: PackagingRule, wanted: readonly Wanted[]): Wanted[][] {
  const blocks = new Map<string, Wanted[]>();
  for (const of of wanted) {
    const { keepTogetherGroup: group, id } = of.line;
    if (group === undefined && allowLineSplit !== false) continue;
    const name = group === undefined ? `line ${id}` : `group ${group}`;
    blocks.set(name, [...(blocks.get(name) ?? []), of]);
  }
  return [...blocks.values()];
}

function* choicesOf(blocks: readonly Wanted[][], likely: Wanted[][], budget: Budget): Generator<Wanted[][]> {
  if (blocks.length <= MAX_BLOCKS) {
    for (const choice of subsets(blocks)) {
      if (budget.isSpent()) break;
      yield choice;
    }
    if (!budget.isSpent()) return;
  }
  yield likely;
  yield* shrinking(blocks);
}

/** Those with the first blocks first, so that they are kept in a tie. */
function* subsets(blocks: readonly Wanted[][]): Generator<Wanted[][]> {
  for (let bits = 2 ** blocks.length - 1; bits >= 0; bits--) {
    yield blocks.filter((_, at) => bits & (1 << (blocks.length - 1 - at)));
  }
}

function* shrinking(blocks: readonly Wanted[][]): Generator<Wanted[][]> {
  for (let size = blocks.length; size >= 0; size--) yield blocks.slice(0, size);
}
