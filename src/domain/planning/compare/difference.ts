import { compareText } from '../compareText.js';
import type { PlannedItem, PlannedPackage, PlanResult } from '../planResult.js';

type Decided = Pick<PlanResult, 'outcome' | 'packages' | 'parked'> & {
  readonly explanation: Pick<PlanResult['explanation'], 'defaultLocation'>;
};

/**
 * What the second plan does otherwise, in one line of plain English; null when the same goods lie at the same
 * places in the same states. Which scenario, version or rule did it is no difference: nobody packs otherwise.
 */
export function differenceOf(before: Decided, after: Decided): string | null {
  if (sameness(before) === sameness(after)) return null;
  const [was, is] = [inWords(before), inWords(after)];
  return was === is ? change(inDetail(before), inDetail(after)) : change(was, is);
}

/** An order of hundreds of lines must stay one line of text. */
const LONGEST_SIDE = 240;

const change = (...sides: readonly [string, string]): string => sides.map(cut).join(' -> ');

const cut = (text: string): string => (text.length > LONGEST_SIDE ? `${text.slice(0, LONGEST_SIDE - 3)}...` : text);

/** Everything that matters, in an order that does not depend on how the plan lists it. */
function sameness({ outcome, packages, parked, explanation }: Decided): string {
  const parkedAt = parked.length === 0 ? null : explanation.defaultLocation;
  return JSON.stringify([outcome, sorted(packages).map(contentOf), itemsOf(parked), parkedAt]);
}

const contentOf = ({ location, state, items, transfers }: PlannedPackage) => [
  location,
  state,
  itemsOf(items),
  transfers.map(({ source, items: moved }) => [source, itemsOf(moved)]).sort(byFirst),
];

const itemsOf = (items: readonly PlannedItem[]) =>
  items.map(({ line, quantity }) => [line, quantity] as const).sort(byFirst);

function byFirst([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return compareText(String(a), String(b));
}

const sorted = (packages: readonly PlannedPackage[]) =>
  [...packages].sort((a, b) => compareText(a.location, b.location));

/** Who packs how much, and where the rest waits. */
function inWords({ outcome, packages, parked, explanation }: Decided): string {
  if (outcome === 'no_scenario') return 'no scenario';
  const places = sorted(packages).map(({ location, items, transfers }) => {
    const from = transfers.map(({ source }) => source).sort(compareText);
    return `${location} packs ${pieces(items)}${from.length === 0 ? '' : ` (partly from ${from.join(', ')})`}`;
  });
  const rest = parked.length === 0 ? [] : [`${pieces(parked)} parked at ${explanation.defaultLocation ?? 'nowhere'}`];
  return [...places, ...rest].join(', ');
}

/** For plans that differ only in which lines lie where, in states or in what is transferred. */
function inDetail({ packages, parked }: Decided): string {
  const places = sorted(packages).map(({ location, state, items, transfers }) => {
    const moved = transfers.map(({ source, items: from }) => `, ${lines(from)} from ${source}`).sort(compareText);
    return `${location} packs ${lines(items)}${moved.join('')} (${state})`;
  });
  const rest = parked.length === 0 ? [] : [`${lines(parked)} parked`];
  return [...places, ...rest].join(', ');
}

const lines = (items: readonly PlannedItem[]): string =>
  itemsOf(items)
    .map(([line, quantity]) => `${quantity} of line ${line}`)
    .join(' and ');

function pieces(items: readonly PlannedItem[]): string {
  const sum = items.reduce((total, { quantity }) => total + quantity, 0);
  return sum === 1 ? '1 piece' : `${sum} pieces`;
}
