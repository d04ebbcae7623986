/** Units of a line that are wanted; lines of one group go whole to one place or nowhere. */
export interface Demand<Line> {
  readonly line: Line;
  readonly units: number;
  readonly group: string | null;
}

interface Terms<Line> {
  /** By location and SKU, with a space between. */
  readonly stock: ReadonlyMap<string, number>;
  readonly isRefused: (location: string, line: Line) => boolean;
  readonly allowLineSplit: boolean;
}

/**
 * Tries every allocation, those first that give early lines as much as possible from the first locations; the
 * first with most units is the one of the specification.
 *
 * @param demands Sorted by line id.
 * @param places In rank order.
 * @returns Units by place, then by line.
 */
export function bruteAllocation<Line extends { sku: string }>(
  demands: readonly Demand<Line>[],
  places: readonly string[],
  { stock, isRefused, allowLineSplit }: Terms<Line>,
): number[][] {
  const left = new Map(stock);
  const taken = places.map(() => demands.map(() => 0));
  const homes = new Map<string, number>();
  let best = taken.map((row) => [...row]);
  let most = 0;

  const has = (place: number, line: Line) => left.get(`${places[place]} ${line.sku}`) ?? 0;
  const move = (place: number, at: number, units: number) => {
    const { line } = demands[at] as Demand<Line>;
    left.set(`${places[place]} ${line.sku}`, has(place, line) - units);
    (taken[place] as number[])[at] = (taken[place]?.[at] ?? 0) + units;
  };
  const couldStillCome = (from: number) => {
    const rest = demands.slice(from);
    return [...new Set(rest.map(({ line }) => line.sku))].reduce((sum, sku) => {
      const wanted = rest.filter(({ line }) => line.sku === sku).reduce((total, { units }) => total + units, 0);
      return (
        sum +
        Math.min(
          wanted,
          places.reduce((total, place) => total + (left.get(`${place} ${sku}`) ?? 0), 0),
        )
      );
    }, 0);
  };

  function visit(at: number, placed: number): void {
    const demand = demands[at];
    if (!demand) {
      if (placed <= most) return;
      most = placed;
      best = taken.map((row) => [...row]);
      return;
    }
    if (placed + couldStillCome(at) <= most) return;
    if (demand.group !== null || !allowLineSplit) visitWhole(at, demand, placed);
    else visitSplit(at, 0, demand, demand.units, placed);
  }

  function visitWhole(at: number, { line, units, group }: Demand<Line>, placed: number): void {
    const home = group === null ? undefined : homes.get(group);
    for (let place = 0; place <= places.length; place++) {
      if (home !== undefined && home !== place) continue;
      const isNowhere = place === places.length;
      if (!isNowhere && (isRefused(places[place] ?? '', line) || has(place, line) < units)) continue;
      if (group !== null && home === undefined) homes.set(group, place);
      if (!isNowhere) move(place, at, units);
      visit(at + 1, placed + (isNowhere ? 0 : units));
      if (!isNowhere) move(place, at, -units);
      if (group !== null && home === undefined) homes.delete(group);
    }
  }

  function visitSplit(at: number, place: number, demand: Demand<Line>, wanted: number, placed: number): void {
    if (place === places.length) return visit(at + 1, placed);
    const most = isRefused(places[place] ?? '', demand.line) ? 0 : Math.min(wanted, has(place, demand.line));
    for (let units = most; units >= 0; units--) {
      move(place, at, units);
      visitSplit(at, place + 1, demand, wanted - units, placed + units);
      move(place, at, -units);
    }
  }

  visit(0, 0);
  return best;
}
