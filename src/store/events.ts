import { createHash } from 'node:crypto';

import { Schema, trusted } from 'mongoose';

import type { EventBody, EventType, Subject } from '../domain/events/event.js';
import { OmsError } from '../platform/errors.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';

interface StoredEvent {
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

const schema = new Schema<StoredEvent>(
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
schema.index({ subject: 1, sequence: 1 }, { unique: true });
// The log in its order. Unique, so that two readers cannot give out one place twice.
schema.index({ position: 1 }, { unique: true, partialFilterExpression: { position: { $type: 'number' } } });
// Events that no reader has placed yet.
schema.index({ timestamp: 1 }, { partialFilterExpression: { isUnplaced: true } });
// The timeline of an order with its packages.
schema.index({ order: 1, timestamp: 1 });

const PLACED_AT_ONCE = 1_000;

export interface NewEvent extends Omit<EventBody, 'id'> {
  /** Number of the order that it belongs to, for timelines; null for configuration. */
  readonly order: string | null;
}

export interface EventLogPage {
  readonly items: readonly EventBody[];
  /** Where to read on; valid also at the end of the log. */
  readonly next: string;
}

/** Stable over retries: the same subject and sequence are the same event. */
export const eventId = (subject: Subject, sequence: number): string =>
  `evt_${createHash('sha256').update(`${subject}#${sequence}`).digest('hex').slice(0, 32)}`;

/** The event log. Appending is repeatable; reading gives every event one place that never changes. */
export function createEventRepository(connection: Connection) {
  const model = connection.model<StoredEvent>('Event', schema);

  /**
   * Gives a place to events that have none. They are placed when the log is read and not when they are
   * written: a place is given only after the one before it exists, so no reader can have passed it.
   */
  const placeNewEvents = async (): Promise<void> => {
    const unplaced = await model
      .find({ isUnplaced: true }, { _id: 1 })
      .sort({ timestamp: 1, subject: 1, sequence: 1 })
      .limit(PLACED_AT_ONCE)
      .lean<{ _id: string }[]>();
    if (unplaced.length === 0) return;
    const last = await model
      .findOne(trusted({ position: { $gt: 0 } }) as never, { position: 1 })
      .sort({ position: -1 })
      .lean<StoredEvent>();
    const from = last?.position ?? 0;
    const placing = unplaced.map(({ _id }, index) => ({
      updateOne: {
        filter: { _id, isUnplaced: true },
        update: { $set: { position: from + index + 1 }, $unset: { isUnplaced: '' as const } },
      },
    }));
    try {
      await model.bulkWrite(placing as never, { ordered: true });
    } catch (error) {
      // Another reader was placing at the same moment: it has done part of the work, so look again.
      if (!isDuplicateKey(error)) throw error;
      await placeNewEvents();
    }
  };

  const positionOf = async (after: string): Promise<number> => {
    if (/^\d{1,15}$/.test(after)) return Number(after);
    for (;;) {
      const event = await model.findById(after).lean<StoredEvent>();
      if (!event) throw unknownCursor();
      if (event.position !== undefined) return event.position;
      await placeNewEvents();
    }
  };

  return {
    model,

    /** Writes the events of one step; `recordedAt` is workflow time in ms (see `writeGuarded`). */
    append: async (events: readonly NewEvent[], recordedAt: number): Promise<string[]> => {
      const stored = events.map((event) => ({ ...event, _id: eventId(event.subject, event.sequence), recordedAt }));
      const writes = stored.map(({ _id, ...fields }) => ({
        updateOne: {
          filter: trusted({ _id, recordedAt: { $lte: recordedAt } }),
          update: { $set: fields, $setOnInsert: { isUnplaced: true } },
          upsert: true,
        },
      }));
      try {
        if (writes.length > 0) await model.bulkWrite(writes as never, { ordered: false });
      } catch (error) {
        // A later run of the same workflow task has written this sequence already.
        if (!isDuplicateKey(error)) throw error;
      }
      return stored.map(({ _id }) => _id);
    },

    bodies: async (ids: readonly string[]): Promise<EventBody[]> => {
      const found = await model.find(trusted({ _id: { $in: [...ids] } }) as never).lean<StoredEvent[]>();
      return found.map(toBody).sort((a, b) => a.sequence - b.sequence);
    },

    /** The log after a cursor or an event id, from its beginning without one. */
    read: async (query: { after?: string; limit: number; type?: string; subject?: string }): Promise<EventLogPage> => {
      await placeNewEvents();
      const after = query.after === undefined ? 0 : await positionOf(query.after);
      const filter = {
        position: { $gt: after },
        ...(query.type === undefined ? {} : { type: query.type }),
        ...(query.subject === undefined ? {} : { subject: query.subject }),
      };
      const found = await model
        .find(trusted(filter) as never)
        .sort({ position: 1 })
        .limit(query.limit)
        .lean<StoredEvent[]>();
      return { items: found.map(toBody), next: String(found.at(-1)?.position ?? after) };
    },

    /** What happened to an order and its packages, oldest first. */
    timeline: async (order: string): Promise<Pick<StoredEvent, 'timestamp' | 'type' | 'subject'>[]> =>
      model
        .find({ order }, { _id: 0, timestamp: 1, type: 1, subject: 1 })
        .sort({ timestamp: 1, subject: 1, sequence: 1 })
        .limit(1_000)
        .lean<Pick<StoredEvent, 'timestamp' | 'type' | 'subject'>[]>(),
  };
}

export type EventRepository = ReturnType<typeof createEventRepository>;

function toBody({ _id, type, timestamp, sequence, subject, data }: StoredEvent): EventBody {
  return { id: _id, type, timestamp, sequence, subject, data };
}

const unknownCursor = () =>
  new OmsError('request.malformed', 'The log has no such place', {
    errors: [{ pointer: 'after', detail: 'must be a `next` that we gave or the id of an event' }],
  });
