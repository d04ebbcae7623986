import type { ConsideredScenario } from '../explanation.js';
import { list } from './words.js';

/** Which scenario applies and why not the others. */
export function describeScenarios(considered: readonly ConsideredScenario[], kind = 'Scenario'): string {
  const passed = considered.filter(({ verdict }) => verdict !== 'chosen' && verdict !== 'not_reached');
  const later = considered.filter(({ verdict }) => verdict === 'not_reached');
  const chosen = considered.find(({ verdict }) => verdict === 'chosen');
  const over = passed.map((scenario) => `${named(scenario)} (${scenario.verdict})`);
  const first = passed.length === 0 ? 'it comes first by priority' : `passed over: ${list(over)}`;
  const behind = later.length === 0 ? '' : `; behind it: ${list(later.map(named))}`;
  if (chosen) return `${kind} ${named(chosen)} applies: ${first}${behind}.`;
  if (considered.length === 0) return `No ${kind.toLowerCase()} is published.`;
  return `No ${kind.toLowerCase()} has conditions that this order meets; passed over: ${list(over)}.`;
}

const named = ({ name, version }: ConsideredScenario): string => `${name} version ${version}`;
