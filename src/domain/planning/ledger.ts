import { localTime, type LocalTime } from '../calendar/localTime.js';
import type { TransferScenario } from '../configuration/scenario.js';
import { createAvailability, type Availability } from './availability.js';
import { compareText } from './compareText.js';
import type { PlanInput, PlanLine, PlanLocation } from './planCase.js';
import type { PlannedItem } from './planResult.js';

/** A package that grows while rules place units at its location. */
export interface Draft {
  readonly location: string;
  readonly rule: string;
  /** Units by line id. */
  readonly units: Map<string, number>;
  /** Units by line id that come from elsewhere, by source. */
  readonly transfers: Map<string, Map<string, number>>;
}

/** What the rules of one plan have placed so far, and what is left for the next. */
export interface Ledger {
  readonly input: PlanInput;
  readonly transferScenario: TransferScenario | null;
  /** Sorted by code. */
  readonly locations: readonly PlanLocation[];
  readonly availability: Availability;
  /** Every `maxQuota` above 0. */
  readonly quotas: ReadonlySet<number>;
  readonly unplaced: Map<string, number>;
  /** By location, in the order in which they were opened. */
  readonly drafts: Map<string, Draft>;
  readonly localTime: (timeZone: string) => LocalTime | null;
  readonly openPackages: (location: string) => number;
  /** Milliseconds since the location was last given work; null when that is not known. */
  readonly loadAgeMs: (location: string) => number | null;
}

/** @param transferScenario The one that applies to the order, if there is one. */
export function openLedger(input: PlanInput, transferScenario: TransferScenario | null): Ledger {
  const { at } = input;
  const clocks = new Map<string, LocalTime>();
  const drafts = new Map<string, Draft>();
  const open = new Map(Object.entries(input.openPackages));
  const lastWork = new Map(Object.entries(input.lastWorkAt));
  return {
    input,
    transferScenario,
    locations: [...input.locations].sort((a, b) => compareText(a.code, b.code)),
    availability: createAvailability(input),
    quotas: quotasOf(input.locations),
    unplaced: new Map(input.order.lines.map(({ id, quantity }) => [id, quantity])),
    drafts,
    localTime: (timeZone) => {
      if (at === undefined) return null;
      const known = clocks.get(timeZone) ?? localTime(at, timeZone);
      clocks.set(timeZone, known);
      return known;
    },
    openPackages: (location) => (open.get(location) ?? 0) + (drafts.has(location) ? 1 : 0),
    loadAgeMs: (location) => {
      const last = lastWork.get(location);
      return at === undefined || last === undefined ? null : Date.parse(at) - Date.parse(last);
    },
  };
}

function quotasOf(locations: readonly PlanLocation[]): ReadonlySet<number> {
  const quotas = new Set<number>();
  for (const { maxQuota } of locations) if (maxQuota) quotas.add(maxQuota);
  return quotas;
}

/** Gives units of a line a place: they leave the stock of `source` and join the package at `location`. */
export function place(
  { availability, unplaced, drafts }: Ledger,
  { location, rule, source }: { location: string; rule: string; source: string },
  line: PlanLine,
  units: number,
): void {
  const draft: Draft = drafts.get(location) ?? { location, rule, units: new Map(), transfers: new Map() };
  drafts.set(location, draft);
  availability.take(source, line.sku, units);
  add(unplaced, line.id, -units);
  add(draft.units, line.id, units);
  if (source === location) return;
  const transfer = draft.transfers.get(source) ?? new Map<string, number>();
  draft.transfers.set(source, transfer);
  add(transfer, line.id, units);
}

function add(counts: Map<string, number>, key: string, units: number): void {
  counts.set(key, (counts.get(key) ?? 0) + units);
}

/** Units by line id as items, sorted by line id. */
export function itemsOf(units: ReadonlyMap<string, number>, lines: readonly PlanLine[]): PlannedItem[] {
  return lines
    .map(({ id, sku }) => ({ line: id, sku, quantity: units.get(id) ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => compareText(a.line, b.line));
}
