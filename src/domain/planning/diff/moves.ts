/** Something that both versions have, at another place relative to the rest. Places count from 0. */
export interface Move {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The fewest names that must move to make one order of the other: all but a longest increasing subsequence of
 * places, found by the usual quadratic table, since a scenario has a hundred rules at most.
 */
export function movesBetween(before: readonly string[], after: readonly string[]): Move[] {
  const common = after.filter((name) => before.includes(name));
  const places = common.map((name) => before.indexOf(name));
  const length: number[] = [];
  const previous: number[] = [];
  places.forEach((place, at) => {
    const best = longestBefore(places, length, place, at);
    length.push((length[best] ?? 0) + 1);
    previous.push(best);
  });
  const staying = new Set<number>();
  for (let at = length.lastIndexOf(Math.max(0, ...length)); at >= 0; at = previous[at] ?? -1) staying.add(at);
  return common.flatMap((name, at) =>
    staying.has(at) ? [] : [{ name, from: before.indexOf(name), to: after.indexOf(name) }],
  );
}

/** Where the longest run ends that this place can go on; -1 when it begins one. */
function longestBefore(places: readonly number[], length: readonly number[], place: number, at: number): number {
  let best = -1;
  for (let earlier = 0; earlier < at; earlier++) {
    const canGoOn = (places[earlier] ?? 0) < place;
    if (canGoOn && (length[earlier] ?? 0) >= (length[best] ?? 0)) best = earlier;
  }
  return best;
}
