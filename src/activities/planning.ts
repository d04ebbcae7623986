import { OmsError } from '../platform/errors.js';
import { releaseClaims, takeClaims } from './planning/claims.js';
import { planByHand, type ManualRequest } from './planning/byHand.js';
import { decide, isMadeFor } from './planning/decide.js';
import { planTransfers, type TransferRequest } from './planning/planTransfers.js';
import { mayBeGivenUp, returnStaleClaims } from './planning/staleClaims.js';
import type { PlanningDependencies, PlanningOutcome, PlanningRequest } from './planning/request.js';

export type PlanningActivities = ReturnType<typeof createPlanningActivities>;

/** Plans and reserves, all or nothing. */
export function createPlanningActivities(store: PlanningDependencies) {
  return {
    /**
     * The decision is written before its claims are taken, so that a repeat after a crash carries out the
     * same plan instead of making another one beside it.
     *
     * @throws {OmsError} `service.unavailable` when the decision has no stock answer yet.
     */
    async planOrder(request: PlanningRequest): Promise<PlanningOutcome> {
      const begunAt = performance.now();
      const { order, n } = request;
      const decision = await store.decisions.find(order, n);
      if (!decision) throw new OmsError('service.unavailable', `Decision ${n} of ${order} has no stock answer`);
      const settings = await store.settings.read();
      const isRepeat = isMadeFor(decision, request);
      // Units changed between a lost attempt and this one: what the lost one took goes back.
      if (decision.plan && !isRepeat) await releaseClaims(store, decision.plan.claims);
      const plan = decision.plan && isRepeat ? decision.plan : await decide(store, request, decision, settings);
      const isTaken = await takeClaims(store, plan.claims, new Date(request.at));
      if (isTaken && (isRepeat || mayBeGivenUp(begunAt))) await returnStaleClaims(store, plan.claims);
      await store.decisions.decide(order, n, isTaken ? 'planned' : 'conflict', plan);
      return {
        outcome: !isTaken ? 'conflict' : plan.isContended ? 'contention' : plan.answer.outcome,
        scenario: plan.answer.scenario,
        packages: isTaken ? plan.packages : [],
        settings: { outOfStockRetryMs: Math.max(1, Math.round(settings.outOfStockRetryMinutes * 60_000)) },
      };
    },

    planTransfers: (request: TransferRequest) => planTransfers(store, request),

    planByHand: (request: ManualRequest) => planByHand(store, request),

    /** Gives back what decision `n` has taken, because its units need no place any more. */
    async abandonPlan({ order, n }: { order: string; n: number }): Promise<void> {
      const decision = await store.decisions.find(order, n);
      if (decision?.plan) await releaseClaims(store, decision.plan.claims);
    },
  };
}
