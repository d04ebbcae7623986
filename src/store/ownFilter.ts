import { trusted, type QueryFilter } from 'mongoose';

/**
 * A filter that this code wrote: its operators are meant, those in values from outside are not. Without it
 * `sanitizeFilter` would compare with the operator object instead of applying it.
 */
export function ownFilter<Stored>(filter: object): QueryFilter<Stored> {
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]: [string, unknown]) => {
      if (Array.isArray(value) && key.startsWith('$')) return [key, value.map((part: object) => ownFilter(part))];
      return [key, typeof value === 'object' && value !== null && !Array.isArray(value) ? trusted(value) : value];
    }),
  );
}
