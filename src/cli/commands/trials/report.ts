import type { z } from 'zod';

import type { backtestView } from '../../../schemas/trial.js';
import { print, type Column } from '../../output.js';

export type Report = z.output<typeof backtestView>['report'];

/** More places are for `--json`. */
const SHOWN_LOCATIONS = 20;
const SHOWN_DIFFERENCES = 20;

/** Before and after side by side, the load that moves most, and the first differences. */
export function showReport(report: Report): void {
  const { compared, changed, skipped, load, differences } = report;
  print(figuresOf(report), FIGURES, {});
  const moved = [...load].sort((a, b) => movedBy(b) - movedBy(a)).slice(0, SHOWN_LOCATIONS);
  if (moved.length > 0) print(moved, LOAD, {});
  if (load.length > moved.length) console.log(`and ${load.length - moved.length} more locations; see --json`);
  if (differences.length > 0) print(differences.slice(0, SHOWN_DIFFERENCES), DIFFERENCES, {});
  const share = compared === 0 ? '' : ` (${percent(changed / compared)})`;
  const unread = skipped === 0 ? '' : `; ${skipped} could not be planned again`;
  console.log(`${changed} of ${compared} orders would be planned otherwise${share}${unread}.`);
}

interface Figure {
  readonly name: string;
  readonly before: string | number;
  readonly after: string | number;
}

function figuresOf({ before, after }: Report): Figure[] {
  const figure = (name: string, read: (side: Report['before']) => string | number): Figure => ({
    name,
    before: read(before),
    after: read(after),
  });
  return [
    figure('orders', ({ orders }) => orders),
    figure('packages', ({ packages }) => packages),
    figure('split rate', ({ splitRate }) => (splitRate === null ? '-' : percent(splitRate))),
    figure('mean distance', ({ meanDistanceKm }) =>
      meanDistanceKm === null ? '-' : `${meanDistanceKm.toFixed(1)} km`,
    ),
    figure('transfers', ({ transfers }) => transfers),
    figure('parked units', ({ parkedUnits }) => parkedUnits),
    figure('orders without a scenario', ({ unplannedOrders }) => unplannedOrders),
    figure('plans not proven best', ({ unprovenOrders }) => unprovenOrders),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

type Load = Report['load'][number];

const movedBy = ({ units }: Load): number => Math.abs(units.after - units.before);

const FIGURES: readonly Column<Figure>[] = [
  { heading: '', value: ({ name }) => name },
  { heading: 'decided', value: ({ before }) => before },
  { heading: 'by the draft', value: ({ after }) => after },
];

const LOAD: readonly Column<Load>[] = [
  { heading: 'location', value: ({ location }) => location },
  { heading: 'packages', value: ({ packages }) => `${packages.before} -> ${packages.after}` },
  { heading: 'units', value: ({ units }) => `${units.before} -> ${units.after}` },
];

const DIFFERENCES: readonly Column<Report['differences'][number]>[] = [
  { heading: 'order', value: ({ order }) => order },
  { heading: 'decided -> by the draft', value: ({ difference }) => difference },
];
