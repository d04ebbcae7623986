import { compareText } from '../compareText.js';
import { plan } from '../plan.js';
import type { PlanInput } from '../planCase.js';
import type { PlanResult } from '../planResult.js';
import { list } from '../text/words.js';
import type { Change } from './change.js';
import { phraseOf } from './sentence.js';

/** A plan that is as good, with the location in it: only the codes decided against it. */
export interface Tie {
  /** What would have to be otherwise first; mostly nothing. */
  readonly changes: readonly Change[];
  /** Locations that pack and would not, and those that would instead; by code. */
  readonly chosen: readonly string[];
  readonly instead: readonly string[];
}

/** Sorts before every code there can be. */
const FIRST = ' ';

/**
 * The plan that would have been made if codes sorted the location first, when it is as good as the one that was
 * made: renaming a location changes the final tie-break and nothing else.
 *
 * @returns null when something else than the codes decides, or an expression reads codes.
 */
export function tieOf({ input, changes, location, answer }: Contest, budgetMs: number): Tie | null {
  if (!answer.scenario || readsCodes(input)) return null;
  const renamed = plan(rename(input, location), { budgetMs });
  const before = codesOf(answer);
  const after = codesOf(renamed).map((code) => (code === FIRST ? location : code));
  if (!after.includes(location) || objectivesOf(renamed) !== objectivesOf(answer)) return null;
  return {
    changes,
    chosen: before.filter((code) => !after.includes(code)),
    instead: after.filter((code) => !before.includes(code)).sort(compareText),
  };
}

/** The case with some changes, and its plan, in which the location packs nothing. */
interface Contest {
  readonly input: PlanInput;
  readonly changes: readonly Change[];
  readonly location: string;
  readonly answer: PlanResult;
}

/** "W2 is equal in everything; the code W1 sorts before W2." */
export function sentenceOfTie(location: string, { changes, chosen, instead }: Tie): string {
  const others = instead.filter((code) => code !== location);
  const who = others.length === 0 ? location : `${location} with ${list(others)}`;
  const equal = changes.length === 0 ? `${who} is` : `With ${phraseOf(changes)} ${who} would be`;
  if (chosen.length === 0) return `${equal} equal in everything; the codes decide.`;
  const sorts = chosen.length === 1 ? `the code ${chosen[0]} sorts` : `the codes ${list(chosen)} sort`;
  return `${equal} equal in everything; ${sorts} before ${list(instead)}.`;
}

const codesOf = ({ packages }: PlanResult): string[] =>
  [...new Set(packages.map((of) => of.location))].sort(compareText);

const objectivesOf = ({ objective, explanation }: PlanResult): string =>
  JSON.stringify([objective, explanation.rules.map((rule) => [rule.rule, rule.objective ?? null])]);

const readsCodes = ({ scenarios, transferScenarios }: PlanInput): boolean =>
  JSON.stringify([scenarios, transferScenarios]).includes('location.code');

function rename(input: PlanInput, from: string): PlanInput {
  const to = (code: string) => (code === from ? FIRST : code);
  const rows = <Row extends { readonly location: string }>(of: readonly Row[]) =>
    of.map((row) => ({ ...row, location: to(row.location) }));
  const keys = <Value>(of: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(of).map(([code, value]) => [to(code), value]));
  const filter = <Filter extends { readonly include?: readonly string[]; readonly exclude?: readonly string[] }>(
    of: Filter,
  ): Filter => ({
    ...of,
    ...(of.include && { include: of.include.map(to) }),
    ...(of.exclude && { exclude: of.exclude.map(to) }),
  });
  return {
    ...input,
    locations: input.locations.map((location) => ({ ...location, code: to(location.code) })),
    stock: rows(input.stock),
    discrepancies: rows(input.discrepancies),
    exclusions: rows(input.exclusions),
    openPackages: keys(input.openPackages),
    lastWorkAt: keys(input.lastWorkAt),
    scenarios: input.scenarios.map((scenario) => ({
      ...scenario,
      defaultLocation: to(scenario.defaultLocation),
      rules: scenario.rules.map((rule) => ({ ...rule, locations: filter(rule.locations) })),
    })),
    transferScenarios: input.transferScenarios.map((scenario) => ({
      ...scenario,
      rules: scenario.rules.map((rule) => ({ ...rule, sources: filter(rule.sources) })),
    })),
  };
}
