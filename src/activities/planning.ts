import type { Location } from '../domain/configuration/location.js';
import type { Scenario } from '../domain/configuration/scenario.js';
import type { Order, Units } from '../domain/order/order.js';
import type { PackageDraft } from '../domain/package/package.js';
import type { PlanResult } from '../domain/planning/planCase.js';
import { OmsError } from '../platform/errors.js';
import type { Settings } from '../platform/settings.js';
import type { DecisionRepository } from '../store/decisions.js';
import { releaseClaims, takeClaims, type Books } from './planning/claims.js';
import { decide, isMadeFor } from './planning/decide.js';

export interface PublishedScenario {
  readonly scenario: Scenario;
  readonly version: number;
}

export interface PlanningDependencies extends Books {
  readonly decisions: DecisionRepository;
  readonly orders: { find(number: string): Promise<{ order: Order } | null> };
  readonly locations: { all(): Promise<readonly Location[]> };
  /** Those that are not archived; the ones without a published version plan nothing. */
  readonly scenarios: { active(): Promise<readonly { published: PublishedScenario | null }[]> };
  readonly settings: { read(): Promise<Settings> };
}

export interface PlanningRequest {
  readonly order: string;
  /** Number of the decision, whose stock inquiry has been answered. */
  readonly n: number;
  /** Counted from 1; when `planningAttempts` were lost to others, the units are parked. */
  readonly attempt: number;
  readonly units: Units;
  readonly exclusions: readonly { readonly location: string; readonly line: string }[];
  readonly replaces: string | null;
  /** Number of the first package that this plan makes. */
  readonly firstPackage: number;
  /** Workflow time in ms. */
  readonly at: number;
}

/** What the order has to begin. `conflict`: somebody took the goods meanwhile; ask and plan again. */
export interface PlanningOutcome {
  readonly outcome: PlanResult['outcome'] | 'conflict' | 'contention';
  readonly scenario: PlanResult['scenario'];
  readonly packages: readonly PackageDraft[];
  readonly settings: { readonly outOfStockRetryMs: number };
}

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
      const { order, n } = request;
      const decision = await store.decisions.find(order, n);
      if (!decision) throw new OmsError('service.unavailable', `Decision ${n} of ${order} has no stock answer`);
      const settings = await store.settings.read();
      const isRepeat = isMadeFor(decision, request);
      // Units changed between a lost attempt and this one: what the lost one took goes back.
      if (decision.plan && !isRepeat) await releaseClaims(store, decision.plan.claims);
      const plan = decision.plan && isRepeat ? decision.plan : await decide(store, request, decision, settings);
      const isTaken = await takeClaims(store, plan.claims, new Date(request.at));
      await store.decisions.decide(order, n, isTaken ? 'planned' : 'conflict', plan);
      return {
        outcome: !isTaken ? 'conflict' : plan.isContended ? 'contention' : plan.answer.outcome,
        scenario: plan.answer.scenario,
        packages: isTaken ? plan.packages : [],
        settings: { outOfStockRetryMs: Math.max(1, Math.round(settings.outOfStockRetryMinutes * 60_000)) },
      };
    },

    /** Gives back what decision `n` has taken, because its units need no place any more. */
    async abandonPlan({ order, n }: { order: string; n: number }): Promise<void> {
      const decision = await store.decisions.find(order, n);
      if (decision?.plan) await releaseClaims(store, decision.plan.claims);
    },
  };
}
