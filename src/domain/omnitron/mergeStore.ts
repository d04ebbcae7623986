import type { Location } from '../configuration/location.js';
import { STORE_FIELDS, type StoreContext } from './storeFields.js';
import type { OmnitronStore } from './storeSource.js';

/** What Omnitron said of a store, by the names of `STORE_FIELDS`; what it does not tell is absent. */
export type StoreValues = Readonly<Record<string, unknown>>;

/** What we remember of a store beside its location: what Omnitron said of it. */
export interface ImportedStore {
  readonly omnitronId: string;
  /** Of the newest state that was taken. */
  readonly modifiedDate: string | null;
  /** What may lie in the location as Omnitron's: the newest, and what it replaces until the location is written. */
  readonly seen: readonly StoreValues[];
}

/** A field that people changed here, so that Omnitron's value does not count. */
export interface KeptField {
  readonly field: string;
  readonly ours: unknown;
  readonly omnitron: unknown;
}

export function storeValues(store: OmnitronStore, context: StoreContext): StoreValues {
  const read = Object.entries(STORE_FIELDS).map(([name, { read }]) => [name, read(store, context)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/**
 * The location with what Omnitron says now. A field that is no longer as Omnitron gave it at some time before was
 * changed here, and stays: a three-way comparison for each field.
 *
 * @param seen What Omnitron gave before and may lie in the location; empty for one that it never wrote.
 * @param isSame Whether two values are equal in content.
 */
export function mergeStore(
  location: Location,
  values: StoreValues,
  seen: readonly StoreValues[],
  context: StoreContext,
  isSame: (a: unknown, b: unknown) => boolean,
): { readonly location: Location; readonly kept: readonly KeptField[] } {
  let merged = location;
  const kept: KeptField[] = [];
  for (const [name, { of, put }] of Object.entries(STORE_FIELDS)) {
    const omnitron = values[name];
    const ours = of(location);
    if (omnitron === undefined || isSame(ours, omnitron)) continue;
    // What nobody has set is no decision of anybody.
    const isOmnitrons = ours === undefined || seen.some((before) => isSame(before[name], ours));
    if (isOmnitrons) merged = put(merged, omnitron, context);
    else kept.push({ field: name, ours, omnitron });
  }
  return { location: merged, kept };
}

/** Puts every value into a location that is about to be made. */
export function withStoreValues(location: Location, values: StoreValues, context: StoreContext): Location {
  return Object.entries(STORE_FIELDS).reduce((made, [name, { put }]) => {
    return values[name] === undefined ? made : put(made, values[name], context);
  }, location);
}
