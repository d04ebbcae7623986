import type { Availability } from '../availability.js';
import type { Wanted } from '../demand.js';
import type { Ledger } from '../ledger.js';
import type { PlanLocation } from '../planCase.js';
import { rankScale, emptyKey, type RankKey } from '../rank.js';
import type { Budget } from '../solver/budget.js';
import { supply, type Delivery } from './supply.js';

/** What one location can pack with what it has and what is brought to it. */
export interface Packing {
  /** The location's own goods and those that come; `source` is the location itself for its own. */
  readonly deliveries: readonly Delivery[];
  readonly units: number;
  /** Sources in the order of transfer rules, then rank; one that two rules use is there once. */
  readonly sources: readonly { readonly location: string; readonly rule: string }[];
  /** Rank vectors of all transfer rules, one after the other. */
  readonly key: RankKey;
  readonly isProven: boolean;
}

/** Packs all of these lines at a location as far as they can be supplied. */
export function packAt(
  ledger: Ledger,
  packagingRule: string,
  location: PlanLocation,
  wanted: readonly Wanted[],
  budget: Budget,
): Packing {
  const left = scratch(ledger.availability);
  const deliveries: Delivery[] = [];
  let missing = wanted;
  const take = (delivery: Delivery) => {
    const line = wanted.find((of) => of.line.id === delivery.line)?.line;
    left.take(delivery.source, line?.sku ?? '', delivery.units);
    deliveries.push(delivery);
    missing = missing
      .map((of) => (of.line.id === delivery.line ? { ...of, quantity: of.quantity - delivery.units } : of))
      .filter(({ quantity }) => quantity > 0);
  };
  for (const { line, quantity } of wanted) {
    const own = left.isRefused(location.code, line.id) ? 0 : Math.min(quantity, left.of(location.code, line.sku));
    if (own > 0) take({ source: location.code, line: line.id, units: own });
  }
  const sources: { location: string; rule: string }[] = [];
  const key: number[] = [];
  let isProven = true;
  for (const rule of ledger.transferScenario?.rules ?? []) {
    const destination = { location, rule: packagingRule, items: wanted };
    const brought = missing.length > 0 ? supply(ledger, rule, destination, missing, left, budget) : null;
    key.push(...(brought?.key ?? emptyKey(rankScale(rule.rank, ledger.quotas))));
    if (!brought) continue;
    isProven &&= brought.isProven;
    brought.deliveries.forEach(take);
    for (const { source } of brought.deliveries) {
      if (!sources.some((known) => known.location === source)) sources.push({ location: source, rule: rule.name });
    }
  }
  return { deliveries, units: deliveries.reduce((sum, { units }) => sum + units, 0), sources, key, isProven };
}

/** Availability from which can be taken without anybody noticing. */
function scratch(availability: Availability): Availability {
  const taken = new Map<string, Map<string, number>>();
  const takenOf = (location: string, sku: string) => taken.get(location)?.get(sku) ?? 0;
  return {
    ...availability,
    of: (location, sku) => availability.of(location, sku) - takenOf(location, sku),
    ofAll: (skus) => {
      const unitsAt = availability.ofAll(skus);
      return (location) => {
        const units = unitsAt(location);
        return taken.has(location) ? units.map((has, at) => has - takenOf(location, skus[at] ?? '')) : units;
      };
    },
    take: (location, sku, units) => {
      const there = taken.get(location) ?? new Map<string, number>();
      taken.set(location, there.set(sku, (there.get(sku) ?? 0) + units));
    },
  };
}
