import { trusted, type Model } from 'mongoose';

import type { ListeningEndpoint, WebhookEndpoint } from '../domain/configuration/integrations.js';
import type { Connection } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import { together } from './together.js';
import type { Stamp } from './versioned.js';
import { endpointSchema, type StoredEndpoint } from './webhookEndpointModel.js';
import { noticesOf, withNotice } from './webhookNotices.js';

export interface WebhookEndpointRecord extends ListeningEndpoint, Stamp {
  /** Id of the API key that made it. */
  readonly owner: string;
  /** Why we stopped sending by ourselves; null when we did not. */
  readonly disabledReason: string | null;
}

export type WebhookEndpointRepository = ReturnType<typeof createWebhookEndpointRepository>;

/** Webhook endpoints with their signing secrets. */
export function createWebhookEndpointRepository(connection: Connection) {
  const model = connection.model<StoredEndpoint>('WebhookEndpoint', endpointSchema);
  // Endpoint and secrets are read for every delivery.
  const findOne = together<string, StoredEndpoint | null>(async (ids) => {
    const found = await model.find({ _id: trusted({ $in: [...new Set(ids)] }) }).lean<StoredEndpoint[]>();
    return ids.map((id) => found.find(({ _id }) => _id === id) ?? null);
  });
  const reads = readsOf(model, findOne);
  return { ...reads, ...writesOf(model), ...healthOf(model), ...noticesOf(model), ...secretsOf(model, findOne) };
}

type FindOne = (id: string) => Promise<StoredEndpoint | null>;

function readsOf(model: Model<StoredEndpoint>, findOne: FindOne) {
  return {
    async find(id: string): Promise<WebhookEndpointRecord | null> {
      const found = await findOne(id);
      return found && toRecord(found);
    },

    /** `owner` limits to the endpoints that this API key made. */
    async list({ limit, cursor }: PageRequest, owner?: string): Promise<Page<WebhookEndpointRecord>> {
      const after = cursor === undefined ? {} : { _id: trusted({ $gt: String(decodeCursor(cursor, 1)[0]) }) };
      const found = await model
        .find({ ...after, ...(owner !== undefined && { owner }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<StoredEndpoint[]>();
      return toPage(found.map(toRecord), limit, ({ id }) => [id]);
    },

    async enabled(): Promise<WebhookEndpointRecord[]> {
      const found = await model.find({ isEnabled: true }).sort({ _id: 1 }).lean<StoredEndpoint[]>();
      return found.map(toRecord);
    },
  };
}

function writesOf(model: Model<StoredEndpoint>) {
  return {
    async insert({ id, ...endpoint }: WebhookEndpoint, owner: string, secret: string, now: Date) {
      const stored: StoredEndpoint = {
        _id: id,
        owner,
        endpoint,
        secrets: [{ secret, expiresAt: null }],
        disabledReason: null,
        isEnabled: endpoint.enabled,
        failingSince: null,
        eventCount: 0,
        notices: [],
        told: [],
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
              ...(endpoint.enabled && { disabledReason: null, failingSince: null }),
            },
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<StoredEndpoint>();
      return made && toRecord(made);
    },

    async remove(id: string): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: id });
      return deletedCount === 1;
    },
  };
}

function healthOf(model: Model<StoredEndpoint>) {
  return {
    /** We stop sending by ourselves, and take down that it is to be announced. True for the one call that did it. */
    async disable(id: string, reason: string, now: Date): Promise<boolean> {
      const notice = { key: `disabled/${now.toISOString()}`, at: now, delivery: null };
      const change = {
        ...{ isEnabled: false, 'endpoint.enabled': false, disabledReason: { $literal: reason }, updatedAt: now },
        version: { $add: ['$version', 1] },
        ...withNotice({ ...notice, type: 'webhook.endpoint.disabled' }),
      };
      const filter = { _id: id, isEnabled: true };
      const { modifiedCount } = await model.updateOne(filter, [{ $set: change }], { updatePipeline: true });
      return modifiedCount === 1;
    },

    /** An attempt failed at `at`; earlier failures without a success between them stand. */
    async failed(id: string, at: Date): Promise<void> {
      await model.updateOne({ _id: id, failingSince: null }, { $set: { failingSince: at } });
    },

    /** It took an event. */
    async recovered(id: string): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { failingSince: null } });
    },
  };
}

function secretsOf(model: Model<StoredEndpoint>, findOne: FindOne) {
  return {
    /** The secrets that sign at `now`, newest first: each gives one signature. */
    async secrets(id: string, now: Date): Promise<string[]> {
      const found = await findOne(id);
      const valid = found?.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now) ?? [];
      return valid.map(({ secret }) => secret);
    },

    /** A new secret; the one before it signs as well until `overlapUntil`. False when the endpoint changed meanwhile. */
    async rotateSecret(id: string, version: number, secret: string, overlapUntil: Date, now: Date): Promise<boolean> {
      const found = await model.findOne({ _id: id, version }, { secrets: 1 }).lean<StoredEndpoint>();
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
  failingSince,
  version,
  createdAt,
  updatedAt,
}: StoredEndpoint): WebhookEndpointRecord {
  return {
    id: _id,
    ...endpoint,
    owner,
    disabledReason,
    failingSince: failingSince?.toISOString() ?? null,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
