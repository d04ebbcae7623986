import { EvaluationError, ParseError, TypeError as CelTypeError, type ASTNode } from '@marcbachmann/cel-js';

import { checkFields, type ExpressionFault } from './checkFields.js';
import { MAX_STEPS, worstSteps } from './cost.js';
import { environmentOf } from './environment.js';
import { SCOPES, VARIABLES, type Scope } from './model.js';
import { toValue } from './values.js';

/** Plain objects of the domain; what the scope does not name is not read. */
export type Subjects = Readonly<Partial<Record<keyof typeof VARIABLES, unknown>>>;

/** A verdict is a decision: what cannot be evaluated does not hold, and `fault` says why. */
export interface Verdict {
  readonly holds: boolean;
  readonly fault?: string;
}

export type Compiled =
  | { readonly ok: true; readonly test: (subjects: Subjects) => Verdict; readonly steps: number }
  | ({ readonly ok: false } & ExpressionFault);

const MAX_LENGTH = 8_192;

/**
 * Checks and compiles a CEL text that answers true or false. Everything that can be known without an order
 * is refused here: syntax, misspelt fields, unknown variables, wrong types, size and depth.
 */
export function compileExpression(text: string, scope: Scope): Compiled {
  const key = `${scope} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = compile(text, scope);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(key, made);
  return made;
}

// Rules are asked for every line and location, so that compiling anew would cost more than evaluating.
const KEPT = 500;
const compiled = new Map<string, Compiled>();

function compile(text: string, scope: Scope): Compiled {
  if (text.length > MAX_LENGTH)
    return { ok: false, position: MAX_LENGTH, detail: `longer than ${MAX_LENGTH} characters` };
  try {
    const environment = environmentOf(scope);
    const parsed = environment.parse(text);
    const fault = checkFields(parsed.ast, typesIn(scope), maxLoopsIn(scope));
    if (fault) return { ok: false, ...fault };
    const steps = worstSteps(parsed.ast);
    if (steps > MAX_STEPS[scope]) return { ok: false, position: 0, detail: tooCostly(steps, scope) };
    const checked = parsed.check();
    if (checked.error) throw checked.error;
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return { ok: false, position: 0, detail: `must answer true or false, but answers ${checked.type ?? 'nothing'}` };
    }
    const evaluate = environment.parse(withoutHas(text, parsed.ast));
    return { ok: true, steps, test: (subjects) => test(evaluate, scope, subjects) };
  } catch (error) {
    return { ok: false, ...faultOf(error, scope) };
  }
}

const tooCostly = (steps: number, scope: Scope): string =>
  `may take ${steps.toLocaleString('en')} steps on a large order; ${MAX_STEPS[scope].toLocaleString('en')} are allowed`;

/** `line 1, column 7`, as editors count. */
export function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const typesIn = (scope: Scope) => Object.fromEntries(SCOPES[scope].map((name) => [name, VARIABLES[name]]));

/** What is evaluated for each line pays for every loop once per line. */
const maxLoopsIn = (scope: Scope): number => ((SCOPES[scope] as readonly string[]).includes('line') ? 1 : 2);

function test(evaluate: (values: Record<string, unknown>) => unknown, scope: Scope, subjects: Subjects): Verdict {
  const values = Object.fromEntries(SCOPES[scope].map((name) => [name, valueOf(name, subjects[name])]));
  try {
    const answer = evaluate(values);
    if (typeof answer === 'boolean') return { holds: answer };
    return { holds: false, fault: 'it answers neither true nor false' };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { holds: false, fault: error.summary };
  }
}

/** An order is read once per line: it is converted once. Plain objects of the domain never change. */
const converted = new WeakMap<object, unknown>();

function valueOf(name: keyof typeof VARIABLES, plain: unknown): unknown {
  if (typeof plain !== 'object' || plain === null) return toValue(VARIABLES[name], plain);
  const known = converted.get(plain) ?? toValue(VARIABLES[name], plain);
  converted.set(plain, known);
  return known;
}

/**
 * `has(x)` is true in CEL for every field that exists, and in our model every field does. What people mean
 * is "was it given": `has(x)` becomes `(dyn(x) != null)`.
 */
function withoutHas(text: string, root: ASTNode): string {
  const spots: ASTNode[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null || !('op' in node)) return;
    const { op, args } = node as ASTNode;
    if (op === 'call' && (args as unknown[])[0] === 'has') spots.push(node as ASTNode);
    visit(args);
  };
  visit(root);
  return spots
    .sort((a, b) => b.start - a.start)
    .reduce((edited, { start, end }) => {
      const inside = edited.slice(edited.indexOf('(', start) + 1, end - 1);
      return `${edited.slice(0, start)}(dyn(${inside}) != null)${edited.slice(end)}`;
    }, text);
}

function faultOf(error: unknown, scope: Scope): ExpressionFault {
  if (!(error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError)) throw error;
  const position = error.range?.start ?? 0;
  if (error.code === 'reserved_identifier' && error.summary.endsWith('package')) {
    return { position, detail: 'package is a reserved word of CEL; write parcel' };
  }
  if (error.code === 'unknown_variable') {
    return { position, detail: `${lowerFirst(error.summary)}; here it can read ${SCOPES[scope].join(', ')}` };
  }
  return { position, detail: lowerFirst(error.summary) };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
