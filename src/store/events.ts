import { createHash } from 'node:crypto';

import type { EventBody, Subject } from '../domain/events/event.js';
import { isDuplicateKey, type Connection } from './connection.js';
import { eventSchema, type StoredEvent } from './eventModel.js';
import { readEventLog, type EventLogQuery } from './eventLog.js';
import { ownFilter } from './ownFilter.js';
import { together } from './together.js';

export interface NewEvent extends Omit<EventBody, 'id'> {
  /** Number of the order that it belongs to, for timelines; null for configuration. */
  readonly order: string | null;
}

/** Stable over retries: the same subject and sequence are the same event. */
export const eventId = (subject: Subject, sequence: number): string =>
  `evt_${createHash('sha256').update(`${subject}#${sequence}`).digest('hex').slice(0, 32)}`;

/** The event log. Appending is repeatable; reading gives every event one place that never changes. */
export function createEventRepository(connection: Connection) {
  const model = connection.model<StoredEvent>('Event', eventSchema);
  const body = together<string, EventBody | null>(async (ids) => {
    const found = await model.find(ownFilter({ _id: { $in: [...new Set(ids)] } })).lean<StoredEvent[]>();
    const byId = new Map(found.map((stored) => [stored._id, toBody(stored)]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  return {
    model,

    /** Writes the events of one step; `recordedAt` is workflow time in ms (see `writeGuarded`). */
    append: async (events: readonly NewEvent[], recordedAt: number): Promise<string[]> => {
      const stored = events.map((event) => ({ ...event, _id: eventId(event.subject, event.sequence), recordedAt }));
      const writes = stored.map(({ _id, ...fields }) => ({
        updateOne: {
          filter: ownFilter({ _id, recordedAt: { $lte: recordedAt } }),
          update: { $set: fields, $setOnInsert: { isUnplaced: true } },
          upsert: true,
        },
      }));
      try {
        if (writes.length > 0) await model.bulkWrite(writes, { ordered: false });
      } catch (error) {
        // A later run of the same workflow task has written this sequence already.
        if (!isDuplicateKey(error)) throw error;
      }
      return stored.map(({ _id }) => _id);
    },

    bodies: async (ids: readonly string[]): Promise<EventBody[]> => {
      const found = await Promise.all(ids.map(body));
      return found.flatMap((one) => one ?? []).sort((a, b) => a.sequence - b.sequence);
    },

    read: (query: EventLogQuery) => readEventLog(model, query),

    /** What happened to an order and its packages, oldest first. */
    timeline: async (order: string): Promise<TimelineEntry[]> =>
      model
        .find({ order }, { _id: 0, timestamp: 1, type: 1, subject: 1 })
        .sort({ timestamp: 1, subject: 1, sequence: 1 })
        .limit(1_000)
        .lean<TimelineEntry[]>(),
  };
}

export type EventRepository = ReturnType<typeof createEventRepository>;

export type TimelineEntry = Pick<StoredEvent, 'timestamp' | 'type' | 'subject'>;

/** The event as it is sent and shown. */
function toBody({ _id, type, timestamp, sequence, subject, data }: StoredEvent): EventBody {
  return { id: _id, type, timestamp, sequence, subject, data };
}
