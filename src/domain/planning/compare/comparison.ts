import { compareText } from '../compareText.js';
import type { LocationLoad, PlanFigures } from './figures.js';

/** Figures as people read them. */
export interface PlanSummary {
  readonly orders: number;
  readonly packages: number;
  readonly splitOrders: number;
  /** Of the orders that got a package, the share that got more than one; null when none did. */
  readonly splitRate: number | null;
  /** From packing location to address, over the packages where both have coordinates; null when none has. */
  readonly meanDistanceKm: number | null;
  readonly transfers: number;
  readonly parkedUnits: number;
  readonly unplannedOrders: number;
  readonly unprovenOrders: number;
}

export interface LoadChange {
  readonly location: string;
  readonly packages: { readonly before: number; readonly after: number };
  readonly units: { readonly before: number; readonly after: number };
}

export function summaryOf(figures: PlanFigures): PlanSummary {
  const { orders, packages, placedOrders, splitOrders, transfers, parkedUnits, unplannedOrders, unprovenOrders } =
    figures;
  const { distanceM, measuredPackages } = figures;
  return {
    orders,
    packages,
    splitOrders,
    splitRate: placedOrders === 0 ? null : splitOrders / placedOrders,
    meanDistanceKm: measuredPackages === 0 ? null : Math.round(distanceM / measuredPackages) / 1_000,
    transfers,
    parkedUnits,
    unplannedOrders,
    unprovenOrders,
  };
}

/** Every location that has work before or after, by code. */
export function loadChanges(before: PlanFigures, after: PlanFigures): LoadChange[] {
  const of = (loads: readonly LocationLoad[]) => new Map(loads.map((load) => [load.location, load]));
  const [was, is] = [of(before.load), of(after.load)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(compareText).map((location) => ({
    location,
    packages: { before: was.get(location)?.packages ?? 0, after: is.get(location)?.packages ?? 0 },
    units: { before: was.get(location)?.units ?? 0, after: is.get(location)?.units ?? 0 },
  }));
}
