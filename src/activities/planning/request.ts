import type { Location } from '../../domain/configuration/location.js';
import type { Scenario, TransferScenario } from '../../domain/configuration/scenario.js';
import type { LifecyclesInForce } from '../../domain/lifecycle/pinned.js';
import type { OrderRecord, Units } from '../../domain/order/order.js';
import type { PackageDraft } from '../../domain/package/package.js';
import type { PlanResult } from '../../domain/planning/planCase.js';
import type { Planner } from '../../planner/planner.js';
import type { Settings } from '../../platform/settings.js';
import type { DecisionRepository } from '../../store/decisions.js';
import type { PlanningConfigurationRepository } from '../../store/planningConfigurations.js';
import type { Versioned } from '../../store/versioned.js';
import type { StaleBooks } from './staleClaims.js';

export interface Published<Kind> {
  readonly scenario: Kind;
  readonly version: number;
}

export interface PlanningDependencies extends StaleBooks {
  readonly decisions: DecisionRepository;
  readonly orders: { find(number: string): Promise<Pick<OrderRecord, 'order' | 'changes'> | null> };
  readonly planningConfigurations: Pick<PlanningConfigurationRepository, 'keep'>;
  readonly locations: { all(): Promise<readonly Versioned<Location>[]> };
  /** Those that are not archived; the ones without a published version plan nothing. */
  readonly scenarios: { active(): Promise<readonly { published: Published<Scenario> | null }[]> };
  readonly transferScenarios: { active(): Promise<readonly { published: Published<TransferScenario> | null }[]> };
  readonly settings: { read(): Promise<Settings> };
  readonly lifecycles: { inForce(): Promise<LifecyclesInForce> };
  readonly planner: Pick<Planner, 'planHashed' | 'bringTo'>;
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
