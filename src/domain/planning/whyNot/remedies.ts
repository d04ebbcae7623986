import type { PackagingRule, Rank } from '../../configuration/scenario.js';
import { compareText } from '../compareText.js';
import { distanceMetres } from '../distance.js';
import type { ExclusionReason } from '../exclusion.js';
import type { PlanInput, PlanLocation } from '../planCase.js';
import type { Change } from './change.js';
import { moveTo } from './moveTo.js';
import type { Judged, LocationVerdict } from './verdicts.js';

/** What stands in the way of a location in one rule, as changes that may remove it: each entry is one try. */
export function remediesFor(input: PlanInput, code: string, judged: Judged): Change[][] {
  const location = input.locations.find((of) => of.code === code);
  if (!location) return [];
  return judged.rules.flatMap((verdict) => {
    if (verdict.verdict === 'chosen' || verdict.verdict === 'not_run') return [];
    if (verdict.verdict === 'outranked' || verdict.verdict === 'nothing_fits' || verdict.verdict === 'no_stock') {
      return [
        ...moreStock(input, location, judged, verdict),
        ...betterRank(input, location, ruleOf(input, judged, verdict)),
      ];
    }
    return admissions(input, location, judged, { ...verdict, verdict: verdict.verdict });
  });
}

type Excluded = LocationVerdict & { readonly verdict: ExclusionReason };

function admissions(input: PlanInput, location: PlanLocation, judged: Judged, excluded: Excluded): Change[][] {
  const { rule, verdict } = excluded;
  const filter = (part: Extract<Change, { kind: 'filter' }>['part']): Change[][] => [[{ kind: 'filter', rule, part }]];
  switch (verdict) {
    case 'inactive':
      return [[{ kind: 'active' }]];
    case 'missing_role':
      return location.roles.includes('packs') ? filter('roles') : [[{ kind: 'role', role: 'packs' }]];
    case 'not_included':
      return filter('include');
    case 'excluded':
      return filter('exclude');
    case 'other_type':
      return filter('types');
    case 'no_tag':
      return filter('tagsAny');
    case 'other_area':
      return filter('sameAs');
    case 'no_coordinates':
      return filter('withinKm');
    case 'too_far':
      return closer(input, location, ruleOf(input, judged, excluded)?.locations.withinKm ?? 0);
    case 'no_quota':
    case 'quota_full':
      return [[{ kind: 'quota', from: location.maxQuota ?? 0, to: (input.openPackages[location.code] ?? 0) + 1 }]];
    case 'no_calendar':
    case 'closed':
      return [[{ kind: 'open' }]];
    case 'refused':
      return input.exclusions.flatMap((of) =>
        of.location === location.code ? [[{ kind: 'refusal', line: of.line }]] : [],
      );
    case 'discrepancy':
      return input.discrepancies.flatMap((of) =>
        of.location === location.code ? [[{ kind: 'discrepancy', sku: of.sku }]] : [],
      );
    case 'no_stock':
      return [];
  }
}

const ruleOf = ({ scenarios }: PlanInput, { answer }: Judged, { rule }: LocationVerdict): PackagingRule | undefined =>
  scenarios.find(({ name }) => name === answer.scenario?.name)?.rules.find(({ name }) => name === rule);

function closer({ order }: PlanInput, { address }: PlanLocation, toKm: number): Change[][] {
  const metres = distanceMetres(address, order.shippingAddress);
  if (metres === null || metres <= toKm * 1_000) return [];
  const origin = { latitude: address?.latitude ?? 0, longitude: address?.longitude ?? 0 };
  return [
    [{ kind: 'distance', fromKm: metres / 1_000, toKm, origin, at: moveTo(origin, order.shippingAddress, toKm) }],
  ];
}

/**
 * Of one SKU that the rule sees what the order asks for, or of all; or more than any other location has, which
 * matters where stock is ranked. How much less is enough is found afterwards.
 */
function moreStock(
  input: PlanInput,
  { code, safetyStock }: PlanLocation,
  { answer }: Judged,
  { rule }: LocationVerdict,
) {
  const sees = answer.explanation.rules.find((of) => of.rule === rule)?.sees ?? {};
  const skus = new Map<string, number>();
  for (const { id, sku } of input.order.lines) {
    if (sees[id] !== undefined) skus.set(sku, (skus.get(sku) ?? 0) + sees[id]);
  }
  const deficits = [...skus]
    .sort(([a], [b]) => compareText(a, b))
    .map(([sku, wanted]): Change & { kind: 'stock' } => {
      const row = input.stock.find((of) => of.location === code && of.sku === sku);
      const safety = safetyStock.skus[sku] ?? safetyStock.default;
      const free = (row?.quantity ?? 0) - (row?.reserved ?? 0) - safety;
      return { kind: 'stock', sku, more: Math.max(0, wanted - free) };
    });
  const missing = deficits.filter(({ more }) => more > 0);
  const most = (sku: string) =>
    input.stock.reduce((sum, row) => sum + (row.sku === sku ? Math.max(0, row.quantity) : 0), 1);
  const plenty = deficits.map((change) => ({ ...change, more: change.more + most(change.sku) }));
  return [
    ...missing.map((change) => [change]),
    ...(missing.length > 1 ? [missing] : []),
    ...plenty.map((change) => [change]),
  ];
}

/** More than enough of what the rule ranks by; how much less is enough is found afterwards. */
function betterRank(input: PlanInput, location: PlanLocation, rule: PackagingRule | undefined): Change[][] {
  return (rule?.rank ?? []).flatMap(({ by, order }): Change[][] => {
    if (by === 'priority') return otherPriority(input, location, order);
    if (by === 'density') return otherQuota(location, order);
    return by === 'distance' && order === 'asc' ? closer(input, location, 0) : [];
  });
}

function otherPriority({ locations }: PlanInput, { priority: from }: PlanLocation, order: Rank['order']): Change[][] {
  const priorities = locations.map(({ priority }) => priority);
  const to = order === 'asc' ? Math.min(...priorities) - 1 : Math.max(...priorities) + 1;
  return from === to ? [] : [[{ kind: 'priority', from, to }]];
}

/** Open packages per place of the quota: less dense with more places, denser with fewer. */
function otherQuota({ maxQuota: from = 0 }: PlanLocation, order: Rank['order']): Change[][] {
  const to = order === 'asc' || from === 0 ? from + MORE_PLACES : 1;
  return from === to ? [] : [[{ kind: 'quota', from, to }]];
}

const MORE_PLACES = 10_000;
