import { compareText } from '../compareText.js';
import { distanceMetres } from '../distance.js';
import type { PlanInput, PlanResult } from '../planCase.js';

/** What one location is given. */
export interface LocationLoad {
  readonly location: string;
  readonly packages: number;
  readonly units: number;
}

/** What plans come to; those of one order and those of many have the same shape and can be summed. */
export interface PlanFigures {
  readonly orders: number;
  /** Orders that got at least one package. */
  readonly placedOrders: number;
  /** Orders that got more than one. */
  readonly splitOrders: number;
  readonly packages: number;
  readonly transfers: number;
  readonly placedUnits: number;
  readonly parkedUnits: number;
  /** Orders that no scenario plans, and their units. */
  readonly unplannedOrders: number;
  readonly unplannedUnits: number;
  /** Orders whose plan is not proven to be the best. */
  readonly unprovenOrders: number;
  /** Metres from packing locations to addresses, over the packages where both have coordinates. */
  readonly distanceM: number;
  readonly measuredPackages: number;
  /** By location code. */
  readonly load: readonly LocationLoad[];
}

/** The figures of one order's plan. */
export function figuresOf({ order, locations }: PlanInput, plan: PlanResult): PlanFigures {
  const { outcome, packages, parked, optimal, objective } = plan;
  const isUnplanned = outcome === 'no_scenario';
  const placeOf = new Map(locations.map(({ code, address }) => [code, address]));
  const distances = packages
    .map(({ location }) => distanceMetres(placeOf.get(location), order.shippingAddress))
    .filter((metres) => metres !== null);
  return {
    orders: 1,
    placedOrders: packages.length > 0 ? 1 : 0,
    splitOrders: packages.length > 1 ? 1 : 0,
    packages: packages.length,
    transfers: objective.transfers,
    placedUnits: sum(packages.map(({ items }) => unitsIn(items))),
    parkedUnits: unitsIn(parked),
    unplannedOrders: isUnplanned ? 1 : 0,
    unplannedUnits: isUnplanned ? unitsIn(order.lines) : 0,
    unprovenOrders: optimal ? 0 : 1,
    distanceM: sum(distances),
    measuredPackages: distances.length,
    load: merge(packages.map(({ location, items }) => ({ location, packages: 1, units: unitsIn(items) }))),
  };
}

/** The figures of all of them together; of none, zero. */
export function sumFigures(all: readonly PlanFigures[]): PlanFigures {
  const total = (read: (figures: PlanFigures) => number) => sum(all.map(read));
  return {
    orders: total(({ orders }) => orders),
    placedOrders: total(({ placedOrders }) => placedOrders),
    splitOrders: total(({ splitOrders }) => splitOrders),
    packages: total(({ packages }) => packages),
    transfers: total(({ transfers }) => transfers),
    placedUnits: total(({ placedUnits }) => placedUnits),
    parkedUnits: total(({ parkedUnits }) => parkedUnits),
    unplannedOrders: total(({ unplannedOrders }) => unplannedOrders),
    unplannedUnits: total(({ unplannedUnits }) => unplannedUnits),
    unprovenOrders: total(({ unprovenOrders }) => unprovenOrders),
    distanceM: total(({ distanceM }) => distanceM),
    measuredPackages: total(({ measuredPackages }) => measuredPackages),
    load: merge(all.flatMap(({ load }) => load)),
  };
}

function merge(loads: readonly LocationLoad[]): LocationLoad[] {
  const byLocation = new Map<string, LocationLoad>();
  for (const { location, packages, units } of loads) {
    const known = byLocation.get(location) ?? { packages: 0, units: 0 };
    byLocation.set(location, { location, packages: known.packages + packages, units: known.units + units });
  }
  return [...byLocation.values()].sort((a, b) => compareText(a.location, b.location));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const unitsIn = (items: readonly { readonly quantity: number }[]): number => sum(items.map(({ quantity }) => quantity));
