import type { LocationRole } from './location.js';
import type { PackageState } from '../lifecycle/packageLifecycle.js';

/** Any value, one of a list, or a CEL expression that answers true. */
export type Condition = 'any' | { readonly in: readonly string[] } | { readonly expression: string };

export interface Conditions {
  readonly channel: Condition;
  readonly shippingOption: Condition;
  readonly paymentType: Condition;
  readonly customerType: Condition;
}

/** Which locations a rule may use. An absent field does not restrict. */
export interface LocationFilter {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly types?: readonly ('store' | 'warehouse')[];
  readonly tagsAny?: readonly string[];
  /** Roles that the location must have, all of them. */
  readonly roles?: readonly LocationRole[];
  /** The level stands for itself and all coarser ones. */
  readonly sameAs?: 'country' | 'state' | 'district' | 'neighbourhood';
  /** Great-circle distance to the shipping address, in km. */
  readonly withinKm?: number;
  /** `SELECT_BY_QUOTA`: only locations with a free place of their `maxQuota`. */
  readonly requireQuota?: boolean;
  /** The calendar has hours today and it is before the cut-off. */
  readonly openForPackaging?: boolean;
}

export const RANK_CRITERIA = ['priority', 'stock', 'density', 'distance', 'load_age'] as const;
export type RankCriterion = (typeof RANK_CRITERIA)[number];

export interface Rank {
  readonly by: RankCriterion;
  readonly order: 'asc' | 'desc';
}

export interface PackagingRule {
  readonly name: string;
  /** CEL over `order`: the rule is passed over when it does not hold. */
  readonly when?: string;
  /** CEL over `order` and `line`: the lines that the rule sees. */
  readonly lines?: string;
  readonly locations: LocationFilter;
  readonly strategy: 'single' | 'fewest' | 'partial';
  readonly maxPackages?: number;
  /** Minor units: a plan of several packages is valid only if each is worth this much. */
  readonly minPackageValue?: number;
  /** Default true: the units of a line may come from several locations. */
  readonly allowLineSplit?: boolean;
  readonly rank: readonly Rank[];
  readonly transferable?: boolean;
}

export interface Scenario {
  readonly name: string;
  readonly description?: string;
  /** The smaller number is tried first; ties by name. */
  readonly priority: number;
  readonly conditions: Conditions;
  /** Where units that fit nowhere are parked. */
  readonly defaultLocation: string;
  readonly initialState?: PackageState;
  readonly multiplePackagesState?: PackageState;
  readonly rules: readonly PackagingRule[];
}

export interface TransferRule {
  readonly name: string;
  readonly when?: string;
  /** `all`: only if one source supplies every missing unit; otherwise `any` or a CEL text choosing lines. */
  readonly lines: string;
  readonly sources: LocationFilter;
  readonly rank: readonly Rank[];
  readonly maxSources?: number;
}

export interface TransferScenario {
  readonly name: string;
  readonly description?: string;
  readonly priority: number;
  readonly conditions: Conditions;
  readonly rules: readonly TransferRule[];
}
