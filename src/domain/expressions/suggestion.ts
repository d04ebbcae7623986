import { compareText } from '../planning/compareText.js';

/** The known name that was most likely meant, at most two edits away, or null. */
export function suggestionFor(written: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
  const [closest] = ranked;
  return closest && closest.distance <= Math.min(2, Math.floor(closest.name.length / 2)) ? closest.name : null;
}

/** Levenshtein distance by one row of the usual table (Wagner and Fischer 1974). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
