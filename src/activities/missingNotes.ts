import type { PackageRecord } from '../domain/package/package.js';
import type { Settings } from '../platform/settings.js';
import type { DecisionRepository } from '../store/decisions.js';
import type { DiscrepancyRepository } from '../store/discrepancies.js';

export interface MissingNotesDependencies {
  readonly decisions: DecisionRepository;
  readonly discrepancies: DiscrepancyRepository;
  readonly settings: { read(): Promise<Settings> };
}

/** Goods that a location said it does not have. */
export interface MissingGoods {
  readonly sku: string;
  readonly quantity: number;
}

const HOUR_MS = 3_600_000;

/** Notes missing goods together with the stock answer that had promised them. Repeatable. */
export function createMissingNotes({ decisions, discrepancies, settings }: MissingNotesDependencies) {
  return async (
    missing: readonly MissingGoods[],
    { number, order, location, version }: Pick<PackageRecord, 'number' | 'order' | 'location' | 'version'>,
    at: number,
  ): Promise<void> => {
    const [{ discrepancyTtlHours }, made] = await Promise.all([settings.read(), decisions.ofOrder(order)]);
    const answeredFor = (wanted: string) =>
      made.flatMap(({ stock }) => stock).findLast(({ location: place, sku }) => place === location && sku === wanted)
        ?.quantity ?? 0;
    await discrepancies.add(
      missing.map(({ sku, quantity }) => ({
        key: `${number}#${version}/${sku}`,
        location,
        sku,
        quantity,
        order,
        since: new Date(at).toISOString(),
        until: new Date(at + discrepancyTtlHours * HOUR_MS).toISOString(),
        answered: answeredFor(sku),
      })),
    );
  };
}
