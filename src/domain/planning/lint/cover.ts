import type { Condition, Conditions, LocationFilter, PackagingRule } from '../../configuration/scenario.js';
import { outcomesOf } from '../../expressions/outcomes.js';
import { CONDITION_NAMES } from '../conditions.js';

/** Whether every order that meets `inner` certainly meets `outer`. */
export const coversConditions = (outer: Conditions, inner: Conditions): boolean =>
  CONDITION_NAMES.every((name) => coversCondition(outer[name], inner[name]));

function coversCondition(outer: Condition, inner: Condition): boolean {
  if (outer === 'any') return true;
  if (inner === 'any') return false;
  if ('in' in outer) return 'in' in inner && inner.in.every((value) => outer.in.includes(value));
  return 'expression' in inner && inner.expression === outer.expression;
}

/** Whether some order might meet both. */
export const canMeetBoth = (a: Conditions, b: Conditions): boolean =>
  CONDITION_NAMES.every((name) => {
    const [one, other] = [a[name], b[name]];
    if (isUnsatisfiable(one) || isUnsatisfiable(other)) return false;
    if (one === 'any' || other === 'any' || !('in' in one) || !('in' in other)) return true;
    return one.in.some((value) => other.in.includes(value));
  });

/** No order meets it. */
export function isUnsatisfiable(condition: Condition): boolean {
  if (condition === 'any') return false;
  if ('in' in condition) return condition.in.length === 0;
  return outcomesOf(condition.expression, 'order')?.canHold === false;
}

const LEVELS = ['country', 'state', 'district', 'neighbourhood'] as const;

/** Whether `outer` lets every location in that `inner` lets in, whatever the order. */
export function coversFilter(outer: LocationFilter, inner: LocationFilter): boolean {
  return (
    coversList(outer.include, inner.include) &&
    coversList(outer.types, inner.types) &&
    coversList(outer.tagsAny, inner.tagsAny) &&
    (outer.exclude ?? []).every((code) => isKeptOut(code, inner)) &&
    (outer.roles ?? []).every((role) => inner.roles?.includes(role)) &&
    coversArea(outer, inner) &&
    (!outer.requireQuota || inner.requireQuota === true) &&
    (!outer.openForPackaging || inner.openForPackaging === true)
  );
}

/** An empty list does not restrict. */
const coversList = (outer: readonly string[] = [], inner: readonly string[] = []): boolean =>
  outer.length === 0 || (inner.length > 0 && inner.every((value) => outer.includes(value)));

const isKeptOut = (code: string, { include = [], exclude = [] }: LocationFilter): boolean =>
  exclude.includes(code) || (include.length > 0 && !include.includes(code));

function coversArea(outer: LocationFilter, inner: LocationFilter): boolean {
  const isNear = outer.withinKm === undefined || (inner.withinKm !== undefined && inner.withinKm <= outer.withinKm);
  if (!outer.sameAs) return isNear;
  return isNear && inner.sameAs !== undefined && LEVELS.indexOf(inner.sameAs) >= LEVELS.indexOf(outer.sameAs);
}

/** Whether `outer` sees at least what `inner` sees, for every order. */
export const coversDemand = (outer: PackagingRule, inner: PackagingRule): boolean =>
  coversText(outer.when, inner.when, 'order') && coversText(outer.lines, inner.lines, 'line');

const coversText = (outer: string | undefined, inner: string | undefined, scope: 'order' | 'line'): boolean =>
  outer === undefined || outer === inner || outcomesOf(outer, scope)?.canFail === false;
