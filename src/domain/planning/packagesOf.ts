import type { Scenario } from '../configuration/scenario.js';
import type { PackageState } from '../lifecycle/packageLifecycle.js';
import { itemsOf, type Draft, type Ledger } from './ledger.js';
import type { PlannedPackage } from './planResult.js';

/** The packages of a plan: by rule, then by rank, then by code, which is the order of their opening. */
export function packagesOf({ drafts, input }: Ledger, scenario: Scenario): PlannedPackage[] {
  return [...drafts.values()].map((draft) => ({
    location: draft.location,
    state: stateOf(draft, scenario, drafts.size),
    rule: draft.rule,
    items: itemsOf(draft.units, input.order.lines),
    transfers: [...draft.transfers].map(([source, units]) => ({ source, items: itemsOf(units, input.order.lines) })),
  }));
}

/** What is missing comes first; then several packages wait for whoever must agree to the split. */
function stateOf(
  { transfers }: Draft,
  { initialState, multiplePackagesState }: Scenario,
  packages: number,
): PackageState {
  if (transfers.size > 0) return 'waiting_for_transfer';
  if (packages > 1 && multiplePackagesState) return multiplePackagesState;
  return initialState ?? 'waiting';
}
