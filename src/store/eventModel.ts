import { Schema } from 'mongoose';

import type { EventType, Subject } from '../domain/events/event.js';
import { SCHEMA_OPTIONS } from './connection.js';

/** An event as it lies in the collection. */
export interface StoredEvent {
  _id: string;
  subject: Subject;
  sequence: number;
  type: EventType;
  timestamp: string;
  order: string | null;
  data: unknown;
  recordedAt: number;
  /** Place in the log; given when the log is read. */
  position?: number;
  isUnplaced?: boolean;
}

/** Events that lead times are measured to. */
export const MILESTONES = ['package.status.packed', 'package.status.shipped', 'package.status.delivered'] as const;

/** The event that tells that a location did not find units of a package. */
export const MISSING = 'package.items.missing';

export const eventSchema = new Schema<StoredEvent>(
  {
    _id: { type: String, required: true },
    subject: { type: String, required: true },
    sequence: { type: Number, required: true },
    type: { type: String, required: true },
    timestamp: { type: String, required: true },
    order: String,
    data: Schema.Types.Mixed,
    recordedAt: { type: Number, required: true },
    position: Number,
    isUnplaced: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'events' },
);

// Gaps and repeats of a subject show here; also the way to one subject's history.
eventSchema.index({ subject: 1, sequence: 1 }, { unique: true });
// The log in its order. Unique, so that two readers cannot give out one place twice.
eventSchema.index({ position: 1 }, { unique: true, partialFilterExpression: { position: { $type: 'number' } } });
// Events that no reader has placed yet.
eventSchema.index({ timestamp: 1 }, { partialFilterExpression: { isUnplaced: true } });
// The timeline of an order with its packages.
eventSchema.index({ order: 1, timestamp: 1 });
// Who does not find what it should have: packages that began in a range and lacked something, whenever that was told.
eventSchema.index({ type: 1, 'data.createdAt': 1 }, { partialFilterExpression: { type: MISSING } });
// Lead times: when packages came how far.
eventSchema.index({ type: 1, timestamp: 1 }, { partialFilterExpression: { type: { $in: MILESTONES } } });
