/** `1 unit`, `3 units`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`; of more than `most` only the first, and how many there are beyond. */
export function list(items: readonly string[], most = 5): string {
  const shown = items.length > most ? items.slice(0, most - 1) : items;
  const parts = shown.length < items.length ? [...shown, `${items.length - shown.length} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
