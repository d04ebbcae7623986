import { Schema, trusted } from 'mongoose';

import type { Role } from '../domain/configuration/role.js';
import type { Instant } from '../domain/order/order.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';

/** An API key as it is kept: enough to recognise it, not enough to use it. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Location codes that the key is limited to; null means all. */
  readonly locations: readonly string[] | null;
  /** SHA-256 of the secret, in hex. */
  readonly secretHash: string;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly expiresAt: Instant | null;
}

interface Stored extends Omit<ApiKeyRecord, 'id' | 'createdAt' | 'expiresAt'> {
  _id: string;
  createdAt: Date;
  expiresAt: Date | null;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    locations: { type: [String], default: null },
    secretHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    expiresAt: { type: Date, default: null },
  },
  { ...SCHEMA_OPTIONS, collection: 'api_keys' },
);

export type ApiKeyRepository = ReturnType<typeof createApiKeyRepository>;

/** API keys. A deleted key is gone at once: every request reads its key here, nothing caches it. */
export function createApiKeyRepository(connection: Connection) {
  const model = connection.model<Stored>('ApiKey', schema);
  return {
    async find(id: string): Promise<ApiKeyRecord | null> {
      const found = await model.findOne({ _id: id }).lean<Stored>();
      return found && toRecord(found);
    },

    async list({ limit, cursor }: PageRequest): Promise<Page<ApiKeyRecord>> {
      const after = cursor === undefined ? {} : { _id: trusted({ $gt: String(decodeCursor(cursor, 1)[0]) }) };
      const found = await model
        .find(after)
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<Stored[]>();
      return toPage(found.map(toRecord), limit, ({ id }) => [id]);
    },

    async insert({ id, createdAt, expiresAt, ...fields }: ApiKeyRecord): Promise<void> {
      await model.create([
        {
          ...fields,
          _id: id,
          createdAt: new Date(createdAt),
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
        },
      ]);
    },

    /** False when there is no such key. */
    async remove(id: string): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: id });
      return deletedCount === 1;
    },
  };
}

function toRecord({ _id, createdAt, expiresAt, ...fields }: Stored): ApiKeyRecord {
  return { id: _id, ...fields, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
}
