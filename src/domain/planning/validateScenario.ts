import type { Conditions, LocationFilter, Scenario, TransferScenario } from '../configuration/scenario.js';
import { compileExpression, placeOf } from '../expressions/compileExpression.js';
import type { Scope } from '../expressions/model.js';
import { CONDITION_NAMES } from './conditions.js';
import type { Fault } from './fault.js';

/**
 * What makes a distribution scenario unfit to be written, beyond its shape: unknown locations, expressions
 * that do not compile, rules that contradict themselves.
 *
 * @param knownLocations Codes of all locations, active or not.
 */
export function validateScenario(scenario: Scenario, knownLocations: ReadonlySet<string>): readonly Fault[] {
  const { conditions, defaultLocation, rules } = scenario;
  return [
    ...conditionFaults(conditions),
    ...(knownLocations.has(defaultLocation) ? [] : [unknown('/defaultLocation', defaultLocation)]),
    ...repeatedNames(rules),
    ...rules.flatMap(({ when, lines, locations }, index) => [
      ...expressionFaults(`/rules/${index}/when`, when, 'order'),
      ...expressionFaults(`/rules/${index}/lines`, lines, 'line'),
      ...filterFaults(`/rules/${index}/locations`, locations, knownLocations),
    ]),
  ];
}

/** The same for a transfer scenario. */
export function validateTransferScenario(
  { conditions, rules }: TransferScenario,
  knownLocations: ReadonlySet<string>,
): readonly Fault[] {
  return [
    ...conditionFaults(conditions),
    ...repeatedNames(rules),
    ...rules.flatMap(({ when, lines, sources }, index) => [
      ...expressionFaults(`/rules/${index}/when`, when, 'place'),
      ...(lines === 'all' || lines === 'any' ? [] : expressionFaults(`/rules/${index}/lines`, lines, 'transferLine')),
      ...filterFaults(`/rules/${index}/sources`, sources, knownLocations),
    ]),
  ];
}

const unknown = (pointer: string, code: string): Fault => ({ pointer, detail: `there is no location ${code}` });

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

function filterFaults(pointer: string, filter: LocationFilter, known: ReadonlySet<string>): Fault[] {
  const { include = [], exclude = [] } = filter;
  const named = { include, exclude };
  const unknowns = (['include', 'exclude'] as const).flatMap((list) =>
    named[list].flatMap((code, index) => (known.has(code) ? [] : [unknown(`${pointer}/${list}/${index}`, code)])),
  );
  const contradictions = exclude.flatMap((code, index) =>
    include.includes(code)
      ? [{ pointer: `${pointer}/exclude/${index}`, detail: `${code} is both included and excluded` }]
      : [],
  );
  return [...unknowns, ...contradictions];
}

/** Packages tell which rule made them, so a name must mean one rule. */
function repeatedNames(rules: readonly { readonly name: string }[]): Fault[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ pointer: `/rules/${index}/name`, detail: `another rule is named ${name}` }],
  );
}
