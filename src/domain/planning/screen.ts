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
  const unitsAt = ledger.availability.ofAll(skus);
  const scale = rankScale(asking.rank, ledger.quotas);
  const excluded: Excluded[] = [];
  const candidates: Candidate[] = [];
  for (const location of ledger.locations) {
    const { code } = location;
    if (code === asking.without) continue;
    const filtered = whyExcluded(location, asking.filter, context);
    const available = filtered ? [] : unitsAt(code);
    const reason = filtered ?? (asking.needsStock ? whyEmpty(ledger, code, wanted, available) : null);
    if (reason) {
      excluded.push({ location: code, reason });
      continue;
    }
    const refuses = refusalsOf(ledger, code, wanted);
    const stock = sumOf(refuses ? available.filter((_, at) => isAsked(wanted, skus[at], refuses)) : available);
    const key = rankKey(scale, factsOf(ledger, location, stock, asking.target));
    candidates.push({ code, key, isOpen: ledger.drafts.has(code), available, refuses });
  }
  candidates.sort((a, b) => compareKeys(a.key, b.key) || compareText(a.code, b.code));
  return { skus, candidates, excluded, scale };
}

/** Steps to screen a location, and to look up one line there. */
const SCREEN = 120;
const SCREEN_LINE = 1;

/** What `screen` takes, in steps of a budget. */
export const screenSteps = ({ locations }: Ledger, wanted: readonly Wanted[]): number =>
  locations.length * (SCREEN + SCREEN_LINE * wanted.length);

const sumOf = (units: readonly number[]): number => units.reduce((sum, of) => sum + of, 0);

/** Null where the location refused none of the lines. */
function refusalsOf({ availability }: Ledger, code: string, wanted: readonly Wanted[]): readonly boolean[] | null {
  if (!availability.hasRefused(code)) return null;
  const refuses = wanted.map(({ line }) => availability.isRefused(code, line.id));
  return refuses.includes(true) ? refuses : null;
}

/** Whether at least one line of the SKU is not refused. */
const isAsked = (wanted: readonly Wanted[], sku: string | undefined, refuses: readonly boolean[]): boolean =>
  wanted.some(({ line }, at) => line.sku === sku && !refuses[at]);

/** What a packaging rule asks of the locations that pack. */
export function askingOf({ locations: filter, rank, transferable }: PackagingRule, order: PlanOrder): Asking {
  return { filter, rank, role: 'packs', target: order.shippingAddress, needsStock: !transferable };
}

function whyEmpty(
  { availability }: Ledger,
  code: string,
  wanted: readonly Wanted[],
  available: readonly number[],
): ExclusionReason | null {
  const hasRefused = availability.hasRefused(code);
  if (!hasRefused && sumOf(available) > 0) return null;
  const asked = hasRefused ? wanted.filter(({ line }) => !availability.isRefused(code, line.id)) : wanted;
  if (asked.length === 0) return 'refused';
  if (asked.some(({ line }) => availability.of(code, line.sku) > 0)) return null;
  return asked.every(({ line }) => availability.isMissing(code, line.sku)) ? 'discrepancy' : 'no_stock';
}

/** @param stock Of SKUs of which at least one line is not refused, not capped by demand. */
function factsOf(
  { openPackages, loadAgeMs }: Ledger,
  { code, priority, maxQuota, address }: PlanLocation,
  stock: number,
  target: FilterContext['target'],
): RankFacts {
  return {
    priority,
    stock,
    density: maxQuota ? { open: openPackages(code), quota: maxQuota } : null,
    distanceMetres: distanceMetres(address, target),
    loadAgeMs: loadAgeMs(code),
  };
}
