import { PACKAGE_STATES, type PackageState } from '../lifecycle/packageLifecycle.js';
import { unitsByLine, type ItemUnits } from '../package/items.js';
import type { PackageItem } from '../package/package.js';
import type { LineUnits } from './commands.js';
import type { Units } from './order.js';

/** A package as it stands, and nobody moves it meanwhile. */
export interface Standing {
  readonly number: string;
  readonly state: PackageState;
  readonly items: readonly PackageItem[];
}

/** What is taken from a package: some units of it, or all that it has. */
export interface Withdrawal {
  readonly number: string;
  readonly units: readonly ItemUnits[] | 'all';
}

export type PartialCancellation =
  | { readonly ok: true; readonly unplaced: Units; readonly withdrawals: readonly Withdrawal[] }
  /** How many of the lines asked for can be cancelled for certain. */
  | { readonly ok: false; readonly cancellable: readonly LineUnits[] };

/** Nothing of these is packed, so some of their units can be taken out and the rest goes on. */
const GIVES_UNITS: ReadonlySet<PackageState> = new Set<PackageState>([
  'out_of_stock',
  'stale_waiting',
  'needs_rescheduling',
  'waiting',
  'waiting_remote_action',
  'blocked',
  'preparing',
  'ready_for_packaging',
]);

/** Packed, or with goods on their way to it: it can be given up as it is, not be opened. */
const AS_A_WHOLE: ReadonlySet<PackageState> = new Set<PackageState>([
  'waiting_for_transfer',
  'waiting_cargo_label',
  'packed',
]);

/** More packages than this are not combined with each other. */
const MOST_WHOLE = 10;

/** What has no place goes first, then what is parked, then what is least far. */
const FIRST: readonly PackageState[] = ['out_of_stock', 'needs_rescheduling', 'stale_waiting'];

/**
 * Where the units that are to be cancelled come from: units without a place, then packages before packing, then
 * packed packages, each of those only as a whole and as few as will do. All of them or none.
 */
export function partialCancellation(
  wanted: readonly LineUnits[],
  unplaced: Units,
  standings: readonly Standing[],
): PartialCancellation {
  const asked = unitsByLine(wanted.map(({ id, quantity }) => ({ lineId: id, quantity })));
  const giving = standings.filter(({ state }) => GIVES_UNITS.has(state)).sort(byProgress);
  const loose = sum([unplaced, ...giving.map(({ items }) => unitsByLine(items))]);
  const whole = standings.filter(({ state }) => AS_A_WHOLE.has(state)).slice(0, MOST_WHOLE);
  for (const chosen of subsets(whole)) {
    const rest = without(asked, sum(chosen.map(({ items }) => unitsByLine(items))));
    const fits = Object.entries(rest).every(([line, left]) => left >= 0 && left <= (loose[line] ?? 0));
    if (fits) return { ok: true, ...take(rest, unplaced, giving, chosen) };
  }
  const most = (id: string) => Math.min(asked[id] ?? 0, loose[id] ?? 0);
  return { ok: false, cancellable: Object.keys(asked).map((id) => ({ id, quantity: most(id) })) };
}

function take(asked: Units, unplaced: Units, giving: readonly Standing[], whole: readonly Standing[]) {
  const left: Record<string, number> = { ...asked };
  const from = (line: string, available: number): number => {
    const taken = Math.min(left[line] ?? 0, available);
    left[line] = (left[line] ?? 0) - taken;
    return taken;
  };
  const loose = Object.entries(unplaced).map(([line, quantity]) => [line, from(line, quantity)] as const);
  const withdrawals = giving.flatMap(({ number, items }): Withdrawal[] => {
    const units = items
      .map(({ id, lineId, quantity }) => ({ id, quantity: from(lineId, quantity) }))
      .filter(({ quantity }) => quantity > 0);
    if (units.length === 0) return [];
    const isAll = items.every(({ id, quantity }) => units.some((of) => of.id === id && of.quantity === quantity));
    return [{ number, units: isAll ? 'all' : units }];
  });
  return {
    unplaced: Object.fromEntries(loose.filter(([, quantity]) => quantity > 0)),
    withdrawals: [...withdrawals, ...whole.map(({ number }): Withdrawal => ({ number, units: 'all' }))],
  };
}

/** The smallest first. */
function subsets(of: readonly Standing[]): Standing[][] {
  const all = Array.from({ length: 2 ** of.length }, (_, bits) => of.filter((__, index) => (bits >> index) & 1));
  return all.sort((a, b) => a.length - b.length);
}

function byProgress(a: Standing, b: Standing): number {
  const rank = ({ state }: Standing) => (FIRST.includes(state) ? FIRST.indexOf(state) : PACKAGE_STATES[state].code);
  return rank(a) - rank(b);
}

function sum(parts: readonly Units[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const part of parts)
    for (const [line, quantity] of Object.entries(part)) total[line] = (total[line] ?? 0) + quantity;
  return total;
}

function without(units: Units, others: Units): Record<string, number> {
  const lines = new Set([...Object.keys(units), ...Object.keys(others)]);
  return Object.fromEntries([...lines].map((line) => [line, (units[line] ?? 0) - (others[line] ?? 0)]));
}
