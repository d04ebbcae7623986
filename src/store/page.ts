import { OmsError } from '../platform/errors.js';

/** What a caller asks of a list: how many, and where to go on. */
export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number;
  /** As an earlier page gave it in `next`. */
  readonly cursor?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** Opaque to callers: where a page ended, as the values of its sort key. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws {OmsError} `request.malformed` when the cursor is not one of ours. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => ['string', 'number'].includes(typeof part))
    ) {
      return key as (string | number)[];
    }
  } catch {
    // Falls through to the same answer: a cursor is either ours or it is not.
  }
  throw new OmsError('request.malformed', 'The cursor is not one that we gave', {
    errors: [{ pointer: 'cursor', detail: 'must be the `next` of an earlier page' }],
  });
}

/** Cuts the one document too many that tells whether there is a next page. */
export function toPage<Item>(
  found: readonly Item[],
  limit: number,
  keyOf: (item: Item) => readonly (string | number)[],
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** Of a list that is newest first: what comes after a cursor is older, or as old with a smaller number. */
export function before(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [createdAt, number] = decodeCursor(cursor, 2);
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: number } }] };
}
