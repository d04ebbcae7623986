import { Environment } from '@marcbachmann/cel-js';

import { FREE_KEYS, MODEL, SCOPES, VARIABLES, type Scope } from './model.js';
import { VALUE_CLASSES } from './values.js';

/** Nobody writes more by hand, and a list of some hundred SKUs still fits. */
const LIMITS = { maxAstNodes: 1_000, maxDepth: 32, maxListElements: 500, maxMapEntries: 50, maxCallArguments: 4 };

/** The engine knows no "string or null": what may be null is dynamic to it, and checked by `checkFields`. */
const engineType = (type: string): string => (type.endsWith('?') ? 'dyn' : type);

function baseEnvironment(): Environment {
  const environment = new Environment({ limits: LIMITS });
  const ctorOf = (name: string) => ({ ctor: VALUE_CLASSES.get(name) as new () => object });
  environment.registerType(FREE_KEYS, ctorOf(FREE_KEYS));
  // A type must be known before another one names it.
  for (const name of Object.keys(MODEL).reverse()) {
    const fields = Object.entries(MODEL[name] ?? {}).map(([field, type]) => [field, engineType(type)]);
    environment.registerType(name, { ...ctorOf(name), fields: Object.fromEntries(fields) as Record<string, string> });
  }
  environment.registerOperator(`string in ${FREE_KEYS}`, (key: string, keys: object) => key in keys);
  environment.registerFunction('list<int>.sum(): int', (numbers: readonly bigint[]) =>
    numbers.reduce((sum, number) => sum + number, 0n),
  );
  return environment;
}

/** One environment per scope: it takes a while to make, and is not changed afterwards. */
const environments = new Map<Scope, Environment>();

export function environmentOf(scope: Scope): Environment {
  const known = environments.get(scope);
  if (known) return known;
  const made = baseEnvironment();
  for (const name of SCOPES[scope]) made.registerVariable(name, VARIABLES[name]);
  environments.set(scope, made);
  return made;
}
