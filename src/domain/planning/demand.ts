import type { PackagingRule } from '../configuration/scenario.js';
import { compileExpression, type Subjects, type Verdict } from '../expressions/compileExpression.js';
import type { Scope } from '../expressions/model.js';
import { compareText } from './compareText.js';
import type { PlanLine, PlanOrder } from './planCase.js';

/** Units of a line that have no place yet. */
export interface Wanted {
  readonly line: PlanLine;
  readonly quantity: number;
}

/** Units without a place, by line id. */
export type Unplaced = ReadonlyMap<string, number>;

export type Demand =
  | { readonly outcome: 'sees'; readonly lines: readonly Wanted[] }
  | { readonly outcome: 'when_false' | 'when_failed' | 'no_lines'; readonly detail?: string };

/** What a rule has to place: nothing when its `when` does not hold, else its lines that still want units. */
export function demandOf({ when, lines }: PackagingRule, order: PlanOrder, unplaced: Unplaced): Demand {
  const condition: Verdict = when === undefined ? { holds: true } : hold(when, 'order', { order });
  if (condition.fault !== undefined) return { outcome: 'when_failed', detail: condition.fault };
  if (!condition.holds) return { outcome: 'when_false' };
  const chosen = order.lines.filter((line) => {
    return (unplaced.get(line.id) ?? 0) > 0 && (lines === undefined || hold(lines, 'line', { order, line }).holds);
  });
  const seen = withWholeGroups(chosen, order.lines);
  if (seen.length === 0) return { outcome: 'no_lines' };
  return { outcome: 'sees', lines: seen.map((line) => ({ line, quantity: unplaced.get(line.id) ?? 0 })) };
}

/** Sorted by id. A rule that does not see a whole group sees none of it. */
function withWholeGroups(chosen: readonly PlanLine[], all: readonly PlanLine[]): readonly PlanLine[] {
  const seen = new Set(chosen);
  const isWhole = ({ keepTogetherGroup: group }: PlanLine) =>
    group === undefined || all.every((line) => line.keepTogetherGroup !== group || seen.has(line));
  return chosen.filter(isWhole).sort((a, b) => compareText(a.id, b.id));
}

/** Whether an expression holds; one that does not compile or cannot be evaluated does not. */
export function hold(text: string, scope: Scope, subjects: Subjects): Verdict {
  const compiled = compileExpression(text, scope);
  return compiled.ok ? compiled.test(subjects) : { holds: false, fault: compiled.detail };
}
