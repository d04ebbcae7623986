import { demandOf } from '../demand.js';
import { EXCLUSION_REASONS, type ExclusionReason } from '../exclusion.js';
import type { PrintedRank } from '../objective.js';
import { plan } from '../plan.js';
import type { PlanInput } from '../planCase.js';
import type { PlanResult } from '../planResult.js';
import { printKey } from '../rank.js';
import { askingOf, screen } from '../screen.js';

/** What one rule made of the location. */
export interface LocationVerdict {
  readonly rule: string;
  /**
   * `chosen`; `outranked`: it could take part and others came first; `nothing_fits`: it could take part and the
   * rule placed nothing; `not_run`: the rule had nothing to decide, or everything was placed before; else why it
   * was excluded.
   */
  readonly verdict: 'chosen' | 'outranked' | 'nothing_fits' | 'not_run' | ExclusionReason;
  readonly detail: string;
  /** Only where it could take part: units by SKU, rank vector, and its place among the candidates, from 1. */
  readonly available?: Readonly<Record<string, number>>;
  readonly rank?: PrintedRank;
  readonly place?: { readonly is: number; readonly of: number };
}

export interface Judged {
  readonly answer: PlanResult;
  readonly rules: readonly LocationVerdict[];
}

/** Plans the case and tells, rule by rule, what became of one location. */
export function judge(input: PlanInput, code: string, budgetMs: number): Judged {
  const seen = new Map<string, Omit<LocationVerdict, 'rule'>>();
  const answer = plan(input, { budgetMs }, (ledger, rule) => {
    const demand = demandOf(rule, input.order, ledger.unplaced);
    if (demand.outcome !== 'sees') return;
    const { candidates, excluded, skus, scale } = screen(ledger, askingOf(rule, input.order), demand.lines);
    const at = candidates.findIndex((candidate) => candidate.code === code);
    const candidate = candidates[at];
    const reason = excluded.find(({ location }) => location === code)?.reason;
    if (reason) seen.set(rule.name, { verdict: reason, detail: EXCLUSION_REASONS[reason] });
    if (!candidate) return;
    seen.set(rule.name, {
      verdict: 'outranked',
      detail: 'others came first',
      available: Object.fromEntries(skus.map((sku, index) => [sku, candidate.available[index] ?? 0])),
      rank: printKey(scale, candidate.key),
      place: { is: at + 1, of: candidates.length },
    });
  });
  const name = answer.scenario?.name;
  const rules = input.scenarios.find((scenario) => scenario.name === name)?.rules ?? [];
  return { answer, rules: rules.map((rule) => settle(rule.name, answer, seen.get(rule.name), code)) };
}

function settle(
  rule: string,
  { explanation }: PlanResult,
  seen: Omit<LocationVerdict, 'rule'> | undefined,
  code: string,
): LocationVerdict {
  const ran = explanation.rules.find((of) => of.rule === rule);
  if (!seen) return { rule, verdict: 'not_run', detail: 'the rule had nothing to decide' };
  if (seen.verdict !== 'outranked') return { rule, ...seen };
  if (ran?.chosen.includes(code)) return { rule, ...seen, verdict: 'chosen', detail: 'it was chosen' };
  if (ran?.outcome === 'placed') return { rule, ...seen };
  return { rule, ...seen, verdict: 'nothing_fits', detail: 'the rule placed nothing anywhere' };
}
