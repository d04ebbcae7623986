import type { ASTNode } from '@marcbachmann/cel-js';

import type { Scope } from './model.js';

/** An order has so many lines at most; lists of other fields are not longer. */
const LONGEST_LIST = 500;

/**
 * Steps that one evaluation may take at worst. What is asked of an order is asked once; of a line, for each
 * line; of a place or a line there, for every location that might pack. A million steps take about 0.2 s.
 */
export const MAX_STEPS: Readonly<Record<Scope, number>> = {
  order: 2_000_000,
  line: 10_000,
  place: 5_000,
  transferLine: 5_000,
};

const LOOPS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);

/** How long the list in a variable of a loop can be, where it holds one. */
type Lengths = ReadonlyMap<string, number>;

/** Nodes that an evaluation visits at worst: those of the text, those of a loop once for each entry. */
export function worstSteps(node: ASTNode, lengths: Lengths = new Map()): number {
  if (node.op === 'rcall' && LOOPS.has(node.args[0])) {
    const [, on, [variable, ...body]] = node.args;
    const length = longest(on, lengths);
    const inside = variable?.op === 'id' ? new Map(lengths).set(variable.args, length) : lengths;
    return 1 + worstSteps(on, lengths) + length * sum(body.map((part) => worstSteps(part, inside)));
  }
  return 1 + sum(childrenOf(node).map((child) => worstSteps(child, lengths)));
}

/** How long the list that a node answers, or a list in it, can be. */
function longest(node: ASTNode, lengths: Lengths): number {
  switch (node.op) {
    case 'id':
      return lengths.get(node.args) ?? LONGEST_LIST;
    case 'list':
      return Math.max(node.args.length, ...node.args.map((entry) => entryLength(entry, lengths)));
    case '+':
      return sum(node.args.map((part) => longest(part, lengths)));
    case '?:':
      return Math.max(...node.args.slice(1).map((part) => longest(part, lengths)));
    case '[]':
      return longest(node.args[0], lengths);
    case 'rcall': {
      const [name, on, [variable, ...body]] = node.args;
      const length = longest(on, lengths);
      if (!LOOPS.has(name) || variable?.op !== 'id') return Math.max(length, LONGEST_LIST);
      const inside = new Map(lengths).set(variable.args, length);
      return Math.max(length, ...body.map((part) => longest(part, inside)));
    }
    default:
      return LONGEST_LIST;
  }
}

/** A number or a text in a list is no list. */
const entryLength = (entry: ASTNode, lengths: Lengths): number => (entry.op === 'value' ? 0 : longest(entry, lengths));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function childrenOf(node: ASTNode): ASTNode[] {
  const found: ASTNode[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null && 'op' in part) found.push(part as ASTNode);
  };
  visit(node.args);
  return found;
}
