import { Schema, trusted, type Connection, type IndexDefinition, type Model } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import { isDuplicateKey, SCHEMA_OPTIONS } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';

/** What every configuration object carries beside its own fields. */
export interface Stamp {
  /** Counts up with every change, also across a deletion; the API's `ETag`. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type Versioned<Value> = Value & Stamp;

/** Equality on fields of the value; a list means any of them. `keys` limits to these keys. */
export interface ConfigurationFilter {
  readonly keys?: readonly string[];
  readonly fields?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
}

interface Stored {
  _id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  /** False until the event of this version is in the log; always true where changes are no events. */
  isAnnounced: boolean;
  value: unknown;
}

interface Options {
  readonly indexes?: readonly IndexDefinition[];
  /** Each change is an event: a version is not replaced before its own event is written. */
  readonly isAnnounced?: boolean;
}

export type ConfigurationRepository<Value> = ReturnType<typeof createVersionedRepository<Value>>;

/**
 * Configuration objects with a business key: one repository for all kinds. The value is checked by zod
 * at the edge and typed here; a third copy of its shape in mongoose would only drift.
 *
 * A deleted object leaves its version behind, so that an object made anew under the same key neither
 * matches an old `ETag` nor repeats a number in its event sequence.
 */
export function createVersionedRepository<Value>(
  connection: Connection,
  collection: string,
  { indexes = [], isAnnounced = false }: Options = {},
) {
  const model = connection.model<Stored>(collection, schemaOf(indexes), collection);
  return { ...readsOf<Value>(model), ...writesOf<Value>(model, !isAnnounced), ...announcementsOf<Value>(model) };
}

const live = { deletedAt: null };

function readsOf<Value>(model: Model<Stored>) {
  return {
    async find(key: string): Promise<Versioned<Value> | null> {
      const found = await model.findOne({ _id: key, ...live }).lean<Stored>();
      return found && toVersioned<Value>(found);
    },

    /** Sorted by key. Configuration of one brand fits into memory. */
    async all(filter: ConfigurationFilter = {}): Promise<Versioned<Value>[]> {
      const found = await model
        .find({ ...live, ...conditions(filter) })
        .sort({ _id: 1 })
        .lean<Stored[]>();
      return found.map((document) => toVersioned<Value>(document));
    },

    async list({ limit, cursor }: PageRequest, filter: ConfigurationFilter = {}): Promise<Page<Versioned<Value>>> {
      const after = cursor === undefined ? [] : [{ _id: trusted({ $gt: String(decodeCursor(cursor, 1)[0]) }) }];
      const found = await model
        .find({ ...live, ...conditions(filter), ...(after.length > 0 && { $and: trusted(after) }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<Stored[]>();
      const page = toPage(found, limit, (document) => [document._id]);
      return { items: page.items.map((document) => toVersioned<Value>(document)), next: page.next };
    },

    async exists(filter: ConfigurationFilter): Promise<boolean> {
      return (await model.exists({ ...live, ...conditions(filter) })) !== null;
    },
  };
}

function writesOf<Value>(model: Model<Stored>, isAnnounced: boolean) {
  return {
    /** Null when the key is taken. */
    async create(key: string, value: Value, now: Date): Promise<Versioned<Value> | null> {
      try {
        // Matches only what was deleted; otherwise the upsert inserts, or fails on the live one's key.
        const made = await model
          .findOneAndUpdate(
            { _id: key, deletedAt: trusted({ $ne: null }) },
            { $set: { value, isAnnounced, deletedAt: null, createdAt: now, updatedAt: now }, $inc: { version: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean<Stored>();
        return made && toVersioned<Value>(made);
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },

    /** Null when the object is gone or no longer has this version. */
    async replace(key: string, value: Value, version: number, now: Date): Promise<Versioned<Value> | null> {
      const made = await model
        .findOneAndUpdate(
          { _id: key, version, ...live },
          { $set: { value, isAnnounced, updatedAt: now }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<Stored>();
      return made && toVersioned<Value>(made);
    },

    /** False when there was nothing to delete. */
    async remove(key: string, now: Date): Promise<boolean> {
      const { modifiedCount } = await model.updateOne({ _id: key, ...live }, { $set: { value: null, deletedAt: now } });
      return modifiedCount === 1;
    },
  };
}

function announcementsOf<Value>(model: Model<Stored>) {
  return {
    /** What was changed by a process that ended before it could tell; with a key, of that one object. */
    async unannounced(key?: string): Promise<Versioned<Value>[]> {
      const found = await model
        .find({ isAnnounced: false, ...live, ...(key !== undefined && { _id: key }) })
        .sort({ _id: 1 })
        .lean<Stored[]>();
      return found.map((document) => toVersioned<Value>(document));
    },

    async markAnnounced(key: string, version: number): Promise<void> {
      await model.updateOne({ _id: key, version }, { $set: { isAnnounced: true } });
    },
  };
}

function schemaOf(indexes: readonly IndexDefinition[]): Schema<Stored> {
  const schema = new Schema<Stored>(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      deletedAt: { type: Date, default: null },
      isAnnounced: { type: Boolean, required: true },
      value: Schema.Types.Mixed,
    },
    SCHEMA_OPTIONS,
  );
  // Events that a process still owes.
  schema.index({ isAnnounced: 1 }, { partialFilterExpression: { isAnnounced: false } });
  for (const index of indexes) schema.index(index);
  return schema;
}

function conditions({ keys, fields = {} }: ConfigurationFilter): Record<string, unknown> {
  const wanted = Object.entries(fields).flatMap(([field, value]) => {
    if (value === undefined) return [];
    return [[`value.${field}`, Array.isArray(value) ? trusted({ $in: value }) : value] as const];
  });
  return { ...Object.fromEntries(wanted), ...(keys && { _id: trusted({ $in: keys }) }) };
}

function toVersioned<Value>({ version, createdAt, updatedAt, value }: Stored): Versioned<Value> {
  return {
    ...(value as Value),
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
