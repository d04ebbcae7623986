import { chooseScenario } from '../chooseScenario.js';
import type { ConsideredScenario } from '../explanation.js';
import { itemsOf, openLedger } from '../ledger.js';
import type { PlanInput } from '../planCase.js';
import type { PlannedItem, PlannedTransfer } from '../planResult.js';
import { createBudget } from '../solver/budget.js';
import { packAt, type Packing } from './packAt.js';

/** Where the units of the case are to be brought. */
export interface BringOptions {
  /** The location that packs; its own goods are not looked at. */
  readonly location: string;
  /** Packaging rule that chose it; empty when a person did. */
  readonly rule: string;
  readonly budgetMs: number;
}

export interface Brought {
  readonly transfers: readonly PlannedTransfer[];
  /** What no source has. */
  readonly missing: readonly PlannedItem[];
  readonly transferScenarios: readonly ConsideredScenario[];
  readonly optimal: boolean;
}

/**
 * Finds sources for units that a package at a given place lacks, by the transfer scenario that applies to the
 * order. Pure and total, like `plan`.
 *
 * @param input Its order has the lacking units only.
 */
export function bringTo(input: PlanInput, { location, rule, budgetMs }: BringOptions): Brought {
  const { chosen, considered } = chooseScenario(input.transferScenarios, input.order);
  const { lines } = input.order;
  const own = lines.map(({ id }) => ({ location, line: id }));
  const ledger = openLedger({ ...input, exclusions: [...input.exclusions, ...own] }, chosen);
  const place = input.locations.find(({ code }) => code === location);
  const wanted = lines.map((line) => ({ line, quantity: line.quantity }));
  const packing = place ? packAt(ledger, rule, place, wanted, createBudget(budgetMs)) : NOTHING;
  const brought = (source: string | null) => {
    const units = new Map<string, number>();
    for (const delivery of packing.deliveries) {
      if (source !== null && delivery.source !== source) continue;
      units.set(delivery.line, (units.get(delivery.line) ?? 0) + delivery.units);
    }
    return units;
  };
  const all = brought(null);
  const left = new Map(lines.map(({ id, quantity }) => [id, quantity - (all.get(id) ?? 0)]));
  return {
    transfers: packing.sources.map(({ location: source }) => ({ source, items: itemsOf(brought(source), lines) })),
    missing: itemsOf(left, lines),
    transferScenarios: considered,
    optimal: packing.isProven,
  };
}

const NOTHING: Pick<Packing, 'deliveries' | 'sources' | 'isProven'> = { deliveries: [], sources: [], isProven: true };
