import type { PlannedItem, PlannedPackage } from './planResult.js';

interface Decided {
  readonly name: string;
  readonly version: number;
  readonly defaultLocation: string;
}

/** The decision in plain English, for people. */
export function summarise(
  { name, version, defaultLocation }: Decided,
  packages: readonly PlannedPackage[],
  parked: readonly PlannedItem[],
): string {
  const places = packages.map(({ location, rule, items, transfers }) => {
    const from = transfers.length === 0 ? '' : `, partly from ${transfers.map(({ source }) => source).join(', ')}`;
    return `${location} packs ${pieces(items)} by rule "${rule}"${from}.`;
  });
  const rest = parked.length === 0 ? [] : [`${pieces(parked)} fit nowhere and are parked at ${defaultLocation}.`];
  return [`Scenario ${name} (version ${version}) applies.`, ...places, ...rest].join(' ');
}

function pieces(items: readonly PlannedItem[]): string {
  const sum = items.reduce((total, { quantity }) => total + quantity, 0);
  return sum === 1 ? '1 piece' : `${sum} pieces`;
}
