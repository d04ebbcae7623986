import { Schema } from 'mongoose';

import type { WebhookDelivery } from '../domain/webhooks/delivery.js';
import { SCHEMA_OPTIONS } from './connection.js';

/** A delivery as it lies in the collection. */
export interface StoredDelivery extends Omit<WebhookDelivery, 'id'> {
  _id: string;
  /** It is exhausted, which is still to be noted at its endpoint. */
  isUntold?: boolean;
}

const { Mixed } = Schema.Types;

export const deliverySchema = new Schema<StoredDelivery>(
  {
    _id: { type: String, required: true },
    endpoint: { type: String, required: true },
    event: { type: String, required: true },
    type: { type: String, required: true },
    subject: { type: String, required: true },
    status: { type: String, required: true },
    attempts: { type: [Mixed], required: true },
    attemptCount: { type: Number, required: true },
    nextAttemptAt: String,
    isUntold: Boolean,
    createdAt: { type: String, required: true },
    updatedAt: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'webhook_deliveries' },
);

// Lists, newest first, plain and by what people look for; also the time range of a replay.
deliverySchema.index({ createdAt: -1, _id: -1 });
deliverySchema.index({ endpoint: 1, createdAt: -1, _id: -1 });
deliverySchema.index({ status: 1, createdAt: -1, _id: -1 });
// What was given up and nobody has been told of.
deliverySchema.index({ isUntold: 1 }, { partialFilterExpression: { isUntold: true } });
// Where one event went.
deliverySchema.index({ event: 1 });
