import type {
  Conditions,
  LocationFilter,
  PackagingRule,
  Scenario,
  TransferScenario,
} from '../configuration/scenario.js';
import { compileExpression, placeOf } from '../expressions/compileExpression.js';
import type { Scope } from '../expressions/model.js';
import { CONDITION_NAMES } from './conditions.js';
import type { Fault } from './fault.js';
import { locationsNamedIn } from './namedLocations.js';

/**
 * What makes a distribution scenario unfit to be written, beyond its shape: unknown locations, expressions
 * that do not compile, rules that contradict themselves.
 *
 * @param knownLocations Codes of all locations, active or not.
 */
export function validateScenario(scenario: Scenario, knownLocations: ReadonlySet<string>): readonly Fault[] {
  const { conditions, rules } = scenario;
  return [
    ...conditionFaults(conditions),
    ...unknownLocations(scenario, knownLocations),
    ...repeatedNames(rules),
    ...costFaults(rules),
    ...rules.flatMap(({ when, lines, locations }, index) => [
      ...expressionFaults(`/rules/${index}/when`, when, 'order'),
      ...expressionFaults(`/rules/${index}/lines`, lines, 'line'),
      ...filterFaults(`/rules/${index}/locations`, locations),
    ]),
  ];
}

/** The same for a transfer scenario. */
export function validateTransferScenario(
  scenario: TransferScenario,
  knownLocations: ReadonlySet<string>,
): readonly Fault[] {
  const { conditions, rules } = scenario;
  return [
    ...conditionFaults(conditions),
    ...unknownLocations(scenario, knownLocations),
    ...repeatedNames(rules),
    ...rules.flatMap(({ when, lines, sources }, index) => [
      ...expressionFaults(`/rules/${index}/when`, when, 'place'),
      ...(lines === 'all' || lines === 'any' ? [] : expressionFaults(`/rules/${index}/lines`, lines, 'transferLine')),
      ...filterFaults(`/rules/${index}/sources`, sources),
    ]),
  ];
}

const unknownLocations = (scenario: Scenario | TransferScenario, known: ReadonlySet<string>): Fault[] =>
  locationsNamedIn(scenario)
    .filter(({ code }) => !known.has(code))
    .map(({ code, pointer }) => ({ pointer, detail: `there is no location ${code}` }));

function conditionFaults(conditions: Conditions): Fault[] {
  return CONDITION_NAMES.flatMap((name) => {
    const condition = conditions[name];
    if (condition === 'any' || 'in' in condition) return [];
    return expressionFaults(`/conditions/${name}/expression`, condition.expression, 'order');
  });
}

function expressionFaults(pointer: string, text: string | undefined, scope: Scope): Fault[] {
  if (text === undefined) return [];
  const compiled = compileExpression(text, scope);
  if (compiled.ok) return [];
  return [{ pointer, detail: `${compiled.detail} (${placeOf(text, compiled.position)})` }];
}

/** Each expression is bounded by itself; a hundred of them must not hold the planner up either. */
function costFaults(rules: readonly PackagingRule[]): Fault[] {
  const stepsOf = (text: string | undefined, scope: Scope): number => {
    const compiled = text === undefined ? null : compileExpression(text, scope);
    return compiled?.ok ? compiled.steps : 0;
  };
  const steps = rules.reduce(
    (sum, { when, lines }) => sum + stepsOf(when, 'order') + MOST_LINES * stepsOf(lines, 'line'),
    0,
  );
  if (steps <= MAX_STEPS_OF_RULES) return [];
  const [needed, allowed] = [steps, MAX_STEPS_OF_RULES].map((count) => count.toLocaleString('en'));
  return [
    { pointer: '/rules', detail: `the expressions may take ${needed} steps on a large order; ${allowed} are allowed` },
  ];
}

const MOST_LINES = 500;
// Some seconds at worst.
const MAX_STEPS_OF_RULES = 20_000_000;

function filterFaults(pointer: string, { include = [], exclude = [] }: LocationFilter): Fault[] {
  return exclude.flatMap((code, index) =>
    include.includes(code)
      ? [{ pointer: `${pointer}/exclude/${index}`, detail: `${code} is both included and excluded` }]
      : [],
  );
}

/** Packages tell which rule made them, so a name must mean one rule. */
function repeatedNames(rules: readonly { readonly name: string }[]): Fault[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ pointer: `/rules/${index}/name`, detail: `another rule is named ${name}` }],
  );
}
