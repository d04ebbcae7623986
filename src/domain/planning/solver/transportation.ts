/**
 * Most units of one SKU that some locations can give to some lines when not every location may serve every
 * line: a maximum flow in a bipartite network, by augmenting paths (Ford and Fulkerson 1956). The networks
 * are a few lines by a few locations.
 *
 * @param maySupply By location, then by line.
 */
export function mostUnits(
  needs: readonly number[],
  supplies: readonly number[],
  maySupply: (location: number, line: number) => boolean,
): number {
  const needLeft = [...needs];
  const supplyLeft = [...supplies];
  const flow = supplies.map(() => needs.map(() => 0));

  /** Brings up to `limit` units to the line, moving other lines to other locations where that frees some. */
  function bring(line: number, limit: number, visited: Set<number>): number {
    for (const [location, left] of supplyLeft.entries()) {
      if (visited.has(location) || !maySupply(location, line)) continue;
      visited.add(location);
      const freed = left > 0 ? Math.min(limit, left) : free(location, limit, visited);
      if (freed === 0) continue;
      supplyLeft[location] = (supplyLeft[location] ?? 0) - freed;
      add(location, line, freed);
      return freed;
    }
    return 0;
  }

  function free(location: number, limit: number, visited: Set<number>): number {
    for (const [line, given] of (flow[location] ?? []).entries()) {
      if (given === 0) continue;
      const moved = bring(line, Math.min(limit, given), visited);
      if (moved === 0) continue;
      add(location, line, -moved);
      supplyLeft[location] = (supplyLeft[location] ?? 0) + moved;
      return moved;
    }
    return 0;
  }

  function add(location: number, line: number, units: number): void {
    const row = flow[location];
    if (row) row[line] = (row[line] ?? 0) + units;
  }

  let total = 0;
  for (const line of needLeft.keys()) {
    for (;;) {
      const wanted = needLeft[line] ?? 0;
      const brought = wanted === 0 ? 0 : bring(line, wanted, new Set());
      if (brought === 0) break;
      needLeft[line] = wanted - brought;
      total += brought;
    }
  }
  return total;
}
