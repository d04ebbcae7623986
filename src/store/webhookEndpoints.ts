import { Schema, trusted, type Model } from 'mongoose';

import type { WebhookEndpoint } from '../domain/configuration/integrations.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import type { Stamp } from './versioned.js';

/** A signing secret; those that were replaced hold until `expiresAt`, so that receivers can change over. */
interface StoredSecret {
  secret: string;
  expiresAt: Date | null;
}

interface Stored {
  _id: string;
  owner: string;
  endpoint: Omit<WebhookEndpoint, 'id'>;
  secrets: StoredSecret[];
  disabledReason: string | null;
  isEnabled: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    endpoint: { type: Schema.Types.Mixed, required: true },
    secrets: [{ _id: false, secret: { type: String, required: true }, expiresAt: { type: Date, default: null } }],
    disabledReason: { type: String, default: null },
    isEnabled: { type: Boolean, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'webhook_endpoints' },
);

// Who wants an event: asked at every step of every workflow.
schema.index({ isEnabled: 1 });

export interface WebhookEndpointRecord extends WebhookEndpoint, Stamp {
  /** Id of the API key that made it. */
  readonly owner: string;
  /** Why we stopped sending by ourselves; null when we did not. */
  readonly disabledReason: string | null;
}

export type WebhookEndpointRepository = ReturnType<typeof createWebhookEndpointRepository>;

/** Webhook endpoints with their signing secrets. */
export function createWebhookEndpointRepository(connection: Connection) {
  const model = connection.model<Stored>('WebhookEndpoint', schema);
  return { ...readsOf(model), ...writesOf(model), ...secretsOf(model) };
}

function readsOf(model: Model<Stored>) {
  return {
    async find(id: string): Promise<WebhookEndpointRecord | null> {
      const found = await model.findOne({ _id: id }).lean<Stored>();
      return found && toRecord(found);
    },

    /** `owner` limits to the endpoints that this API key made. */
    async list({ limit, cursor }: PageRequest, owner?: string): Promise<Page<WebhookEndpointRecord>> {
      const after = cursor === undefined ? {} : { _id: trusted({ $gt: String(decodeCursor(cursor, 1)[0]) }) };
      const found = await model
        .find({ ...after, ...(owner !== undefined && { owner }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<Stored[]>();
      return toPage(found.map(toRecord), limit, ({ id }) => [id]);
    },

    async enabled(): Promise<WebhookEndpointRecord[]> {
      const found = await model.find({ isEnabled: true }).sort({ _id: 1 }).lean<Stored[]>();
      return found.map(toRecord);
    },
  };
}

function writesOf(model: Model<Stored>) {
  return {
    async insert({ id, ...endpoint }: WebhookEndpoint, owner: string, secret: string, now: Date) {
      const stored: Stored = {
        _id: id,
        owner,
        endpoint,
        secrets: [{ secret, expiresAt: null }],
        disabledReason: null,
        isEnabled: endpoint.enabled,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      await model.create([stored]);
      return toRecord(stored);
    },

    /** Null when it is gone or no longer has this version. */
    async replace({ id, ...endpoint }: WebhookEndpoint, version: number, now: Date) {
      const made = await model
        .findOneAndUpdate(
          { _id: id, version },
          {
            $set: {
              endpoint,
              isEnabled: endpoint.enabled,
              updatedAt: now,
              ...(endpoint.enabled && { disabledReason: null }),
            },
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<Stored>();
      return made && toRecord(made);
    },

    async remove(id: string): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: id });
      return deletedCount === 1;
    },

    /** We stop sending by ourselves. True for the one call that did it, which announces it. */
    async disable(id: string, reason: string, now: Date): Promise<boolean> {
      const { modifiedCount } = await model.updateOne(
        { _id: id, isEnabled: true },
        {
          $set: { isEnabled: false, 'endpoint.enabled': false, disabledReason: reason, updatedAt: now },
          $inc: { version: 1 },
        },
      );
      return modifiedCount === 1;
    },
  };
}

function secretsOf(model: Model<Stored>) {
  return {
    /** The secrets that sign at `now`, newest first: each gives one signature. */
    async secrets(id: string, now: Date): Promise<string[]> {
      const found = await model.findOne({ _id: id }, { secrets: 1 }).lean<Stored>();
      const valid = found?.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now) ?? [];
      return valid.map(({ secret }) => secret);
    },

    /** A new secret; the one before it signs as well until `overlapUntil`. False when the endpoint changed meanwhile. */
    async rotateSecret(id: string, version: number, secret: string, overlapUntil: Date, now: Date): Promise<boolean> {
      const found = await model.findOne({ _id: id, version }, { secrets: 1 }).lean<Stored>();
      if (!found) return false;
      const kept = found.secrets
        .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
        .map((old) => ({ ...old, expiresAt: earlier(old.expiresAt, overlapUntil) }));
      const { modifiedCount } = await model.updateOne(
        { _id: id, version },
        { $set: { secrets: [{ secret, expiresAt: null }, ...kept], updatedAt: now }, $inc: { version: 1 } },
      );
      return modifiedCount === 1;
    },
  };
}

const earlier = (one: Date | null, other: Date): Date => (one !== null && one < other ? one : other);

function toRecord({
  _id,
  owner,
  endpoint,
  disabledReason,
  version,
  createdAt,
  updatedAt,
}: Stored): WebhookEndpointRecord {
  return {
    id: _id,
    ...endpoint,
    owner,
    disabledReason,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
