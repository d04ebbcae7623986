import type { PackageState } from '../lifecycle/packageLifecycle.js';
import type { Explanation } from './explanation.js';
import type { PlanObjective } from './objective.js';

/** Units of one order line. */
export interface PlannedItem {
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Goods that must come to the packing location before the package can be packed. */
export interface PlannedTransfer {
  readonly source: string;
  readonly items: readonly PlannedItem[];
}

export interface PlannedPackage {
  readonly location: string;
  readonly state: PackageState;
  /** The first rule that placed something here. */
  readonly rule: string;
  /** Everything that it will ship, what is transferred included. */
  readonly items: readonly PlannedItem[];
  readonly transfers: readonly PlannedTransfer[];
}

/** What could not be ruled out when the budget ended: no plan of this rule is better than this. */
export interface PlanBound {
  readonly rule: string;
  readonly units: number;
  /** Fewest packages for that many units. */
  readonly packages: number;
}

/**
 * The answer of the planner. `planned`: every unit has a place; `partially_planned`: the rest is parked;
 * `parked`: nothing has a place; `no_scenario`: nothing was decided.
 */
export interface PlanResult {
  readonly outcome: 'planned' | 'partially_planned' | 'parked' | 'no_scenario';
  readonly scenario: { readonly name: string; readonly version: number } | null;
  readonly packages: readonly PlannedPackage[];
  /** Goes to the scenario's default location. */
  readonly parked: readonly PlannedItem[];
  /** Every rule's choice is proven to be the best by its objective. */
  readonly optimal: boolean;
  /** Only when not `optimal`: of the first rule without proof. */
  readonly bound?: PlanBound;
  readonly objective: PlanObjective;
  readonly explanation: Explanation;
}
