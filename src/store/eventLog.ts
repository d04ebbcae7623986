import type { Model } from 'mongoose';

import type { EventBody } from '../domain/events/event.js';
import { OmsError } from '../platform/errors.js';
import { isDuplicateKey } from './connection.js';
import type { StoredEvent } from './eventModel.js';
import { ownFilter } from './ownFilter.js';

const PLACED_AT_ONCE = 1_000;

export interface EventLogQuery {
  /** A `next` that we gave, or the id of an event; without it the log is read from its beginning. */
  readonly after?: string;
  readonly limit: number;
  readonly type?: string;
  readonly subject?: string;
}

export interface EventLogPage {
  readonly items: readonly EventBody[];
  /** Where to read on; valid also at the end of the log. */
  readonly next: string;
}

/**
 * A page of the log.
 *
 * @throws {OmsError} `request.malformed` when `after` is no place of the log.
 */
export async function readEventLog(model: Model<StoredEvent>, query: EventLogQuery): Promise<EventLogPage> {
  await placeNewEvents(model);
  const after = query.after === undefined ? 0 : await positionOf(model, query.after);
  const filter = {
    position: { $gt: after },
    ...(query.type === undefined ? {} : { type: query.type }),
    ...(query.subject === undefined ? {} : { subject: query.subject }),
  };
  const found = await model.find(ownFilter(filter)).sort({ position: 1 }).limit(query.limit).lean<StoredEvent[]>();
  const items = found.map(({ _id, type, timestamp, sequence, subject, data }) => ({
    id: _id,
    type,
    timestamp,
    sequence,
    subject,
    data,
  }));
  return { items, next: String(found.at(-1)?.position ?? after) };
}

/**
 * Gives a place to events that have none. They are placed when the log is read and not when they are
 * written: a place is given only after the one before it exists, so no reader can have passed it.
 */
async function placeNewEvents(model: Model<StoredEvent>): Promise<void> {
  // Before the events: what another reader places in between then collides, instead of leaving a place free
  // that a third one has passed.
  const from = await lastPosition(model);
  const unplaced = await findUnplaced(model);
  if (unplaced.length === 0) return;
  const placing = unplaced.map(({ _id }, index) => ({
    updateOne: {
      filter: { _id, isUnplaced: true },
      update: { $set: { position: from + index + 1 }, $unset: { isUnplaced: '' as const } },
    },
  }));
  try {
    await model.bulkWrite(placing, { ordered: true });
  } catch (error) {
    // Another reader was placing at the same moment: it has done part of the work, so look again.
    if (!isDuplicateKey(error)) throw error;
    await placeNewEvents(model);
  }
}

type Unplaced = Pick<StoredEvent, '_id' | 'subject' | 'sequence'>;

/**
 * In the order of their places. A search that runs while events are written can find one and miss the one
 * before it. What it found was there before a second search begins, and so was everything before it.
 */
async function findUnplaced(model: Model<StoredEvent>): Promise<Unplaced[]> {
  const search = (filter: object) =>
    model
      .find(ownFilter({ isUnplaced: true, ...filter }), { subject: 1, sequence: 1 })
      .sort({ timestamp: 1, subject: 1, sequence: 1 })
      .lean<Unplaced[]>();
  const first = await search({}).limit(PLACED_AT_ONCE);
  const latest = new Map<string, number>();
  for (const { subject, sequence } of first) latest.set(subject, Math.max(latest.get(subject) ?? 0, sequence));
  if (latest.size === 0) return [];
  const again = await search({ subject: { $in: [...latest.keys()] } });
  return again.filter(({ subject, sequence }) => sequence <= (latest.get(subject) ?? 0));
}

async function lastPosition(model: Model<StoredEvent>): Promise<number> {
  const last = await model
    .findOne(ownFilter({ position: { $gt: 0 } }), { position: 1 })
    .sort({ position: -1 })
    .lean<StoredEvent>();
  return last?.position ?? 0;
}

async function positionOf(model: Model<StoredEvent>, after: string): Promise<number> {
  if (/^\d{1,15}$/.test(after)) return Number(after);
  for (;;) {
    const event = await model.findById(after).lean<StoredEvent>();
    if (!event) throw unknownPlace();
    if (event.position !== undefined) return event.position;
    await placeNewEvents(model);
  }
}

const unknownPlace = () =>
  new OmsError('request.malformed', 'The log has no such place', {
    errors: [{ pointer: 'after', detail: 'must be a `next` that we gave or the id of an event' }],
  });
