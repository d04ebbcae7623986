import { serialize, type ASTNode } from '@marcbachmann/cel-js';

import { compileExpression } from './compileExpression.js';
import { environmentOf } from './environment.js';
import { SCOPES, type Scope } from './model.js';

/** What can be said of an expression without an order. An error counts as "does not hold". */
export interface Outcomes {
  /** False only when it holds for no order whatever. */
  readonly canHold: boolean;
  /** False only when it is true for every order, and reads nothing that could fail. */
  readonly canFail: boolean;
  /** The variables that it mentions. */
  readonly reads: ReadonlySet<string>;
}

/** Whether a part can come out true, and false. */
interface Possible {
  readonly yes: boolean;
  readonly no: boolean;
}

const ANYTHING: Possible = { yes: true, no: true };

/**
 * Decides what can be decided soundly: parts without variables are evaluated, the logical operators combine
 * what is known, nothing is in an empty list, and one text does not equal two. The rest can be anything.
 *
 * @returns null when the text does not compile.
 */
export function outcomesOf(text: string, scope: Scope): Outcomes | null {
  if (!compileExpression(text, scope).ok) return null;
  const { ast } = environmentOf(scope).parse(text);
  const reads = variablesIn(ast, scope);
  const { yes, no } = possible(ast, scope);
  return { canHold: yes, canFail: reads.size > 0 || no || !yes, reads };
}

function possible(node: ASTNode, scope: Scope): Possible {
  if (variablesIn(node, scope).size === 0) return evaluated(node, scope);
  switch (node.op) {
    case '&&': {
      const [left, right] = node.args.map((part) => possible(part, scope)) as [Possible, Possible];
      return { yes: left.yes && right.yes && !isContradiction(node), no: left.no || right.no };
    }
    case '||': {
      const [left, right] = node.args.map((part) => possible(part, scope)) as [Possible, Possible];
      return { yes: left.yes || right.yes, no: left.no && right.no };
    }
    case '!_': {
      const { yes, no } = possible(node.args, scope);
      return { yes: no, no: yes };
    }
    case '?:': {
      const [test, then, otherwise] = node.args.map((part) => possible(part, scope)) as [Possible, Possible, Possible];
      return {
        yes: (test.yes && then.yes) || (test.no && otherwise.yes),
        no: (test.yes && then.no) || (test.no && otherwise.no),
      };
    }
    case 'in':
      return node.args[1].op === 'list' && node.args[1].args.length === 0 ? { yes: false, no: true } : ANYTHING;
    default:
      return ANYTHING;
  }
}

function evaluated(node: ASTNode, scope: Scope): Possible {
  const compiled = compileExpression(serialize(node), scope);
  if (!compiled.ok) return ANYTHING;
  const { holds, fault } = compiled.test({});
  return { yes: holds, no: !holds && fault === undefined };
}

/** `x == 'a' && x == 'b'`, also with other parts in between. */
function isContradiction(node: ASTNode): boolean {
  const wanted = new Map<string, string>();
  return conjuncts(node).some((part) => {
    const equality = textEquality(part);
    if (!equality) return false;
    const known = wanted.get(equality.of);
    wanted.set(equality.of, equality.text);
    return known !== undefined && known !== equality.text;
  });
}

const conjuncts = (node: ASTNode): readonly ASTNode[] =>
  node.op === '&&' ? node.args.flatMap((part) => conjuncts(part)) : [node];

function textEquality(node: ASTNode): { of: string; text: string } | null {
  if (node.op !== '==') return null;
  const [left, right] = node.args;
  if (right.op === 'value' && typeof right.args === 'string') return { of: serialize(left), text: right.args };
  if (left.op === 'value' && typeof left.args === 'string') return { of: serialize(right), text: left.args };
  return null;
}

function variablesIn(root: ASTNode, scope: Scope): ReadonlySet<string> {
  const known = new Set<string>(SCOPES[scope]);
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(visit);
    if (typeof part !== 'object' || part === null || !('op' in part)) return;
    const { op, args } = part as ASTNode;
    if (op === 'id' && known.has(args)) found.add(args);
    visit(args);
  };
  visit(root);
  return found;
}
