import type { ASTNode } from '@marcbachmann/cel-js';

import { elementOf, FREE_KEYS, MODEL } from './model.js';
import { suggestionFor } from './suggestion.js';

export interface ExpressionFault {
  readonly detail: string;
  /** Offset into the text, from 0. */
  readonly position: number;
}

/** Type of the model by variable name; null where it is not known. */
type Names = Readonly<Record<string, string | null>>;

type Children = readonly ASTNode[];

const LOOPS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);

/**
 * What may be called. Left out on purpose: `matches` (a regular expression can run for hours), `cel.bind`
 * (values can double at each level), `json`, `split` and `join` (no use for it).
 */
const FUNCTIONS = new Set([
  ...LOOPS,
  ...['has', 'size', 'sum', 'contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', 'trim'],
  ...['indexOf', 'lastIndexOf', 'substring', 'int', 'double', 'string', 'bool', 'dyn', 'timestamp', 'duration'],
  ...['getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getFullYear', 'getHours', 'getMinutes', 'getMonth'],
  'getSeconds',
]);

/**
 * The first field that the model does not have, call that is not allowed or loop that is nested too deeply.
 * The engine's own type check does not see through what may be null; this one does.
 *
 * @param maxLoops How many loops may lie within each other; every one multiplies the time by the lines.
 */
export function checkFields(root: ASTNode, variables: Names, maxLoops: number): ExpressionFault | null {
  const faults: ExpressionFault[] = [];
  visit(root, { faults, names: variables, loops: maxLoops });
  return faults[0] ?? null;
}

interface Walk {
  readonly faults: ExpressionFault[];
  readonly names: Names;
  /** How many more loops may be opened. */
  readonly loops: number;
}

function report({ faults }: Walk, position: number, detail: string): null {
  faults.push({ position, detail });
  return null;
}

const visitAll = (nodes: Children, walk: Walk) => nodes.map((node) => visit(node, walk));

/** @returns the node's type where the model knows it. */
function visit(node: ASTNode, walk: Walk): string | null {
  switch (node.op) {
    case 'id':
      return walk.names[node.args] ?? null;
    case '.':
      return fieldOf(visit(node.args[0], walk), node.args[1], node.pos, walk);
    case '[]':
      return visitIndex(node.args, walk);
    case 'call':
      return visitCall(node.args[0], node.args[1], node, walk);
    case 'rcall':
      return visitMethod(node.args[0], node.args[1], node.args[2], node, walk);
    case '?:': {
      const [, yes, no] = visitAll(node.args, walk);
      return yes === no ? (yes ?? null) : null;
    }
    case 'list': {
      const types = new Set(visitAll(node.args, walk));
      const [only] = types;
      return types.size === 1 && only ? `list<${only}>` : null;
    }
    case 'map':
      node.args.forEach((entry) => visitAll(entry, walk));
      return null;
    case 'value':
      return null;
    default:
      visitAll(Array.isArray(node.args) ? (node.args as Children) : [node.args], walk);
      return null;
  }
}

function visitIndex([of, key]: readonly [ASTNode, ASTNode], walk: Walk): string | null {
  const type = visit(of, walk);
  visit(key, walk);
  if (key.op === 'value' && typeof key.args === 'string') return fieldOf(type, key.args, key.start, walk);
  return type && elementOf(type);
}

function visitCall(name: string, args: Children, node: ASTNode, walk: Walk): string | null {
  if (!FUNCTIONS.has(name)) return report(walk, node.start, `there is no function ${name}`);
  const [first = null] = visitAll(args, walk);
  return name === 'dyn' ? first : null;
}

function visitMethod(name: string, on: ASTNode, args: Children, node: ASTNode, walk: Walk): string | null {
  if (!FUNCTIONS.has(name)) return report(walk, node.start, `there is no function ${name}`);
  const type = visit(on, walk);
  const [variable, ...body] = args;
  if (!LOOPS.has(name) || variable?.op !== 'id') {
    visitAll(args, walk);
    return null;
  }
  if (walk.loops === 0) return report(walk, node.start, 'too many loops lie within each other');
  const names = { ...walk.names, [variable.args]: type && elementOf(type) };
  const result = visitAll(body, { ...walk, names, loops: walk.loops - 1 }).at(-1) ?? null;
  if (name === 'filter') return type;
  return name === 'map' && result ? `list<${result}>` : null;
}

function fieldOf(type: string | null, field: string, position: number, walk: Walk): string | null {
  const name = type?.replace(/\?$/, '') ?? '';
  const fields = MODEL[name];
  if (!fields || name === FREE_KEYS) return null;
  if (Object.hasOwn(fields, field)) return fields[field] ?? null;
  return report(walk, position, unknownField(name, field));
}

function unknownField(type: string, field: string): string {
  const meant = suggestionFor(field, Object.keys(MODEL[type] ?? {}));
  return `${type.toLowerCase()} has no field ${field}${meant === null ? '' : `; did you mean ${meant}?`}`;
}
