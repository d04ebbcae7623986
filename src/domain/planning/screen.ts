import type { LocationRole } from '../configuration/location.js';
import type { LocationFilter, PackagingRule, Rank } from '../configuration/scenario.js';
import type { Address } from '../order/order.js';
import { compareText } from './compareText.js';
import type { Wanted } from './demand.js';
import { distanceMetres } from './distance.js';
import type { ExclusionReason } from './exclusion.js';
import type { Ledger } from './ledger.js';
import { whyExcluded, type FilterContext } from './locationFilter.js';
import type { PlanLocation, PlanOrder } from './planCase.js';
import { compareKeys, rankKey, rankScale, type RankFacts, type RankScale } from './rank.js';
import type { Candidate } from './solver/problem.js';

export interface Excluded {
  readonly location: string;
  readonly reason: ExclusionReason;
}

/** The locations that may take part, best first, and why the others may not. */
export interface Screening {
  readonly skus: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Excluded[];
  readonly scale: RankScale;
}

/** What a part of a rule asks of locations: to pack, or to send goods to the place that packs. */
export interface Asking {
  readonly filter: LocationFilter;
  readonly rank: readonly Rank[];
  readonly role: LocationRole;
  /** Distances and areas are measured against this address. */
  readonly target: Partial<Address> | undefined;
  /** A place that packs what others send needs no stock of its own. */
  readonly needsStock: boolean;
  /** Takes no part. */
  readonly without?: string;
}

/** Which locations may take part: the filter, what is left in stock, and their rank. */
export function screen(ledger: Ledger, asking: Asking, wanted: readonly Wanted[]): Screening {
  const context: FilterContext = { ...ledger, ...asking, hasPackage: (code) => ledger.drafts.has(code) };
  const skus = [...new Set(wanted.map(({ line }) => line.sku))].sort(compareText);
  const excluded: Excluded[] = [];
  const passed: PlanLocation[] = [];
  for (const location of ledger.locations) {
    if (location.code === asking.without) continue;
    const reason =
      whyExcluded(location, asking.filter, context) ?? (asking.needsStock ? whyEmpty(ledger, location, wanted) : null);
    if (reason) excluded.push({ location: location.code, reason });
    else passed.push(location);
  }
  const { quotas } = ledger;
  const scale = rankScale(asking.rank, quotas);
  const candidates = passed.map((location): Candidate => {
    const { code } = location;
    const refuses = wanted.map(({ line }) => ledger.availability.isRefused(code, line.id));
    return {
      code,
      key: rankKey(scale, factsOf(ledger, location, wanted, asking.target)),
      isOpen: ledger.drafts.has(code),
      available: skus.map((sku) => ledger.availability.of(code, sku)),
      refuses: refuses.includes(true) ? refuses : null,
    };
  });
  candidates.sort((a, b) => compareKeys(a.key, b.key) || compareText(a.code, b.code));
  return { skus, candidates, excluded, scale };
}

/** What a packaging rule asks of the locations that pack. */
export function askingOf({ locations: filter, rank, transferable }: PackagingRule, order: PlanOrder): Asking {
  return { filter, rank, role: 'packs', target: order.shippingAddress, needsStock: !transferable };
}

function whyEmpty({ availability }: Ledger, { code }: PlanLocation, wanted: readonly Wanted[]): ExclusionReason | null {
  const asked = wanted.filter(({ line }) => !availability.isRefused(code, line.id));
  if (asked.length === 0) return 'refused';
  if (asked.some(({ line }) => availability.of(code, line.sku) > 0)) return null;
  return asked.every(({ line }) => availability.isMissing(code, line.sku)) ? 'discrepancy' : 'no_stock';
}

/** A SKU counts for `stock` where at least one of its lines is not refused, and is not capped by demand. */
function factsOf(
  { availability, openPackages, loadAgeMs }: Ledger,
  { code, priority, maxQuota, address }: PlanLocation,
  wanted: readonly Wanted[],
  target: FilterContext['target'],
): RankFacts {
  const asked = wanted.filter(({ line }) => !availability.isRefused(code, line.id));
  const skus = new Set(asked.map(({ line }) => line.sku));
  return {
    priority,
    stock: [...skus].reduce((sum, sku) => sum + availability.of(code, sku), 0),
    density: maxQuota ? { open: openPackages(code), quota: maxQuota } : null,
    distanceMetres: distanceMetres(address, target),
    loadAgeMs: loadAgeMs(code),
  };
}
