import type { Location } from '../../domain/configuration/location.js';
import { OMNITRON, type OmnitronConnection, type OmnitronStoreRules } from '../../domain/configuration/omnitron.js';
import {
  mergeStore,
  storeValues,
  withStoreValues,
  type ImportedStore,
  type KeptField,
  type StoreValues,
} from '../../domain/omnitron/mergeStore.js';
import type { StoreContext } from '../../domain/omnitron/storeFields.js';
import type { OmnitronStore } from '../../domain/omnitron/storeSource.js';
import { OmsError } from '../../platform/errors.js';
import { sameContent } from '../../platform/fingerprint.js';
import { location as locationSchema } from '../../schemas/location.js';

type Stored<Value> = Value & { readonly version: number };

interface Repository<Value> {
  find(key: string): Promise<Stored<Value> | null>;
  create(key: string, value: Value, now: Date): Promise<Stored<Value> | null>;
  replace(key: string, value: Value, version: number, now: Date): Promise<Stored<Value> | null>;
}

export interface StoreImportDependencies<Saved extends Stored<Location>> {
  readonly connection: { find(key: string): Promise<OmnitronConnection | null> };
  readonly settings: { read(): Promise<{ readonly timeZone: string }> };
  readonly engines: { all(): Promise<readonly { readonly code: string }[]> };
  readonly imported: Repository<ImportedStore>;
  readonly locations: {
    all(filter: { fields: { omnitronId: string } }): Promise<readonly Location[]>;
    find(key: string): Promise<Saved | null>;
    create(key: string, value: Location, now: Date): Promise<Saved | null>;
    replace(key: string, value: Location, version: number, now: Date): Promise<Saved | null>;
  };
  /** Tells what a version of the location owes before it is replaced. */
  readonly beforeChange: (code: string) => Promise<void>;
  /** Tells what was written. */
  readonly written: (location: Saved) => Promise<void>;
  readonly now: () => Date;
}

export interface StoreImport<Saved> {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'outdated';
  readonly location: Saved;
  /** Fields that people changed here and that therefore stay. */
  readonly kept: readonly KeptField[];
}

const ATTEMPTS = 5;

/**
 * Makes a store of Omnitron a location of ours, or brings the location up to date. Repeatable; what people changed
 * here stays.
 *
 * @throws {OmsError} `request.unprocessable` for a store that cannot become a location.
 */
export async function importStore<Saved extends Stored<Location>>(
  dependencies: StoreImportDependencies<Saved>,
  store: OmnitronStore,
): Promise<StoreImport<Saved>> {
  const { connection, settings } = dependencies;
  const [found, { timeZone }] = await Promise.all([connection.find(OMNITRON), settings.read()]);
  const context = { rules: found?.stores ?? { country: 'TR', types: {} }, timeZone };
  await requireOwnCode(dependencies, store);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const done = await tryImport(dependencies, store, context);
    if (done) return done;
  }
  throw new OmsError('version.mismatch', `The location ${store.erp_code} is being changed by others`);
}

/** Null when somebody else has changed the location meanwhile. */
async function tryImport<Saved extends Stored<Location>>(
  dependencies: StoreImportDependencies<Saved>,
  store: OmnitronStore,
  context: StoreContext,
): Promise<StoreImport<Saved> | null> {
  const { imported, locations, beforeChange, written, now } = dependencies;
  const { erp_code: code } = store;
  const [known, location] = await Promise.all([imported.find(code), locations.find(code)]);
  if (known && location && isOlder(store, known)) return { outcome: 'outdated', location, kept: [] };
  const values = storeValues(store, context);
  const merged = location
    ? mergeStore(location, values, known?.seen ?? [], context, sameContent)
    : { location: await newLocation(dependencies, store, values, context), kept: [] };
  const next = accepted({ ...withoutStamp(merged.location), omnitronId: String(store.pk) });
  // First what Omnitron says, then the location: one that was not written holds what was said before.
  const seen = [values, ...(known?.seen ?? []).filter((before) => !sameContent(before, values))];
  const remembered = await remember(dependencies, store, known, seen);
  if (!remembered) return null;
  const isChanged = location === null || !sameContent(next, withoutStamp(location));
  if (location && isChanged) await beforeChange(code);
  const saved = !isChanged
    ? location
    : location
      ? await locations.replace(code, next, location.version, now())
      : await locations.create(code, next, now());
  if (!saved) return null;
  if (isChanged) await written(saved);
  await remember(dependencies, store, remembered, [values]);
  return { outcome: location ? (isChanged ? 'updated' : 'unchanged') : 'created', location: saved, kept: merged.kept };
}

async function remember(
  { imported, now }: Pick<StoreImportDependencies<Stored<Location>>, 'imported' | 'now'>,
  store: OmnitronStore,
  known: Stored<ImportedStore> | null,
  seen: readonly StoreValues[],
): Promise<Stored<ImportedStore> | null> {
  const modifiedDate = store.modified_date ?? null;
  const value: ImportedStore = { omnitronId: String(store.pk), modifiedDate, seen };
  if (!known) return imported.create(store.erp_code, value, now());
  const isSame = known.modifiedDate === modifiedDate && sameContent(known.seen, seen);
  return isSame ? known : imported.replace(store.erp_code, value, known.version, now());
}

const isOlder = ({ modified_date: at }: OmnitronStore, { modifiedDate }: ImportedStore): boolean =>
  at != null && modifiedDate !== null && Date.parse(at) < Date.parse(modifiedDate);

/** The ERP code is the business key on both sides, so neither may point elsewhere. */
async function requireOwnCode<Saved extends Stored<Location>>(
  { locations }: StoreImportDependencies<Saved>,
  { pk, erp_code: code }: OmnitronStore,
): Promise<void> {
  const others = await locations.all({ fields: { omnitronId: String(pk) } });
  const other = others.find((one) => one.code !== code);
  if (other) throw refused('/erp_code', `is ${code}, but the store ${pk} is the location ${other.code}`);
  const omnitronId = (await locations.find(code))?.omnitronId;
  if (omnitronId !== undefined && omnitronId !== String(pk)) {
    throw refused('/erp_code', `is the code of another store, ${omnitronId}`);
  }
}

async function newLocation<Saved extends Stored<Location>>(
  { engines }: StoreImportDependencies<Saved>,
  { erp_code: code, name }: OmnitronStore,
  values: StoreValues,
  context: StoreContext,
): Promise<Location> {
  const stockEngine = await engineOf(engines, context.rules);
  const { country } = context.rules;
  const bare = locationSchema.parse({ code, name, type: 'store', stockEngine, address: { country } });
  return withStoreValues(bare, values, context);
}

async function engineOf(
  engines: { all(): Promise<readonly { readonly code: string }[]> },
  { stockEngine }: OmnitronStoreRules,
): Promise<string> {
  const codes = (await engines.all()).map(({ code }) => code);
  const [only, ...more] = codes;
  const chosen = stockEngine ?? (more.length === 0 ? only : undefined);
  if (chosen !== undefined && codes.includes(chosen)) return chosen;
  throw refused('', 'it is new, and the connection to Omnitron names no stock engine for new locations');
}

/** @throws {OmsError} where the values of Omnitron make no location that we take. */
function accepted(location: Location): Location {
  const checked = locationSchema.safeParse(location);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw refused('', `${issue?.path.join('.') ?? ''} of the location: ${issue?.message ?? ''}`);
}

const withoutStamp = (location: Location): Location => {
  const { version: _, createdAt: __, updatedAt: ___, ...rest } = location as Location & Record<string, unknown>;
  return rest;
};

const refused = (pointer: string, detail: string) =>
  new OmsError('request.unprocessable', `The store cannot become a location: ${detail}`, {
    errors: [{ pointer, detail }],
  });
