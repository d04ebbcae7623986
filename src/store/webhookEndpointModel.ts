import { Schema } from 'mongoose';

import type { WebhookEndpoint } from '../domain/configuration/integrations.js';
import type { Notice } from '../domain/webhooks/notice.js';
import { SCHEMA_OPTIONS } from './connection.js';

/** A signing secret; those that were replaced hold until `expiresAt`, so that receivers can change over. */
interface StoredSecret {
  secret: string;
  expiresAt: Date | null;
}

/** An endpoint as it lies in the collection. */
export interface StoredEndpoint {
  _id: string;
  owner: string;
  endpoint: Omit<WebhookEndpoint, 'id'>;
  secrets: StoredSecret[];
  disabledReason: string | null;
  isEnabled: boolean;
  /** Since when every attempt failed; null while the last one did not. */
  failingSince: Date | null;
  /** Events about the endpoint itself, so far. */
  eventCount: number;
  /** Of these, what is still to be announced. */
  notices: Notice[];
  /** Keys of notices that were announced lately. */
  told: string[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const endpointSchema = new Schema<StoredEndpoint>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    endpoint: { type: Schema.Types.Mixed, required: true },
    secrets: [{ _id: false, secret: { type: String, required: true }, expiresAt: { type: Date, default: null } }],
    disabledReason: { type: String, default: null },
    isEnabled: { type: Boolean, required: true },
    failingSince: { type: Date, default: null },
    eventCount: { type: Number, default: 0 },
    notices: { type: Schema.Types.Mixed, default: [] },
    told: { type: [String], default: [] },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'webhook_endpoints' },
);

// Who wants an event: asked at every step of every workflow.
endpointSchema.index({ isEnabled: 1 });
