import type { Problem } from './problem.js';

/** Lines that go together: a group, or one line. An atomic block goes whole to one location or nowhere. */
export interface Block {
  /** Indices of lines, ascending. */
  readonly lines: readonly number[];
  readonly isAtomic: boolean;
}

/**
 * Blocks that share a SKU, directly or through others; what one component takes never touches another.
 *
 * - `draw`: one SKU, lines may be split and are refused alike: every line draws in turn.
 * - `whole`: one atomic block.
 * - `shared`: anything else; who gets what must be searched.
 */
export interface Component {
  readonly kind: 'draw' | 'whole' | 'shared';
  readonly blocks: readonly Block[];
  /** Indices of lines, ascending. */
  readonly lines: readonly number[];
  readonly skus: readonly number[];
  readonly units: number;
}

/** Whether what a set of locations gives follows row by row, in the order of their ranks. */
export const rowsTellAll = (components: readonly Component[]): boolean =>
  components.every(({ kind }) => kind !== 'shared');

export function componentsOf(problem: Problem): readonly Component[] {
  const open = new Set(blocksOf(problem));
  const components: Component[] = [];
  for (const first of open) {
    open.delete(first);
    components.push(component(problem, joined(problem, first, open)));
  }
  return components;
}

/** The block and all that share a SKU with it or with each other; they leave `open`. */
function joined(problem: Problem, first: Block, open: Set<Block>): readonly Block[] {
  const members = [first];
  // Grows while it is walked: each new member may share a SKU with blocks still outside.
  for (const member of members) {
    const touching = [...open].filter((other) => shareSku(problem, member, other));
    touching.forEach((other) => open.delete(other));
    members.push(...touching);
  }
  return members;
}

function blocksOf({ lines, allowLineSplit }: Problem): Block[] {
  const blocks = new Map<string, number[]>();
  lines.forEach(({ group, id }, index) => {
    const key = group === null ? `line ${id}` : `group ${group}`;
    blocks.set(key, [...(blocks.get(key) ?? []), index]);
  });
  return [...blocks].map(([key, members]) => ({
    lines: members,
    isAtomic: !allowLineSplit || key.startsWith('group '),
  }));
}

function shareSku({ lines }: Problem, one: Block, other: Block): boolean {
  const skus = new Set(one.lines.map((line) => lines[line]?.sku));
  return other.lines.some((line) => skus.has(lines[line]?.sku));
}

function component(problem: Problem, blocks: readonly Block[]): Component {
  const lines = blocks.flatMap((block) => block.lines).sort((a, b) => a - b);
  const skus = [...new Set(lines.map((line) => problem.lines[line]?.sku ?? 0))];
  const units = lines.reduce((sum, line) => sum + (problem.lines[line]?.quantity ?? 0), 0);
  return { kind: kindOf(problem, blocks, lines), blocks, lines, skus, units };
}

function kindOf({ candidates }: Problem, blocks: readonly Block[], lines: readonly number[]): Component['kind'] {
  if (blocks.length === 1 && blocks[0]?.isAtomic) return 'whole';
  if (blocks.some(({ isAtomic }) => isAtomic)) return 'shared';
  const [first = 0] = lines;
  const areAlike = candidates.every(
    ({ refuses }) => refuses === null || lines.every((line) => refuses[line] === refuses[first]),
  );
  return areAlike ? 'draw' : 'shared';
}
