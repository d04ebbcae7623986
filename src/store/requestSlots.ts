import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Schema } from 'mongoose';

import { OmsError } from '../platform/errors.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';

interface Slot {
  readonly holder: string;
  /** By the clock of the database; a process that died holds it no longer. */
  readonly until: Date;
}

interface StoredSlots {
  _id: string;
  slots: Slot[];
}

const schema = new Schema<StoredSlots>(
  {
    _id: { type: String, required: true },
    slots: { type: [new Schema<Slot>({ holder: String, until: Date }, { _id: false })], required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'request_slots' },
);

/** Who would have to wait longer is told to come back. */
const LONGEST_MS = 10_000;
/** How long the first wait for a slot is; each is twice the one before, up to the second. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [10, 250];

/** How many requests may be under way, and how long one holds its slot at most, in ms. */
interface SlotTerms {
  readonly most: number;
  readonly holdMs: number;
}

/** Lets only so many requests to each outside service be under way, counted over all processes. */
export function createRequestSlots(connection: Connection) {
  const model = connection.model<StoredSlots>('RequestSlots', schema);

  const enter = async (service: string, holder: string, { most, holdMs }: SlotTerms): Promise<boolean> => {
    const held = { $filter: { input: { $ifNull: ['$slots', []] }, cond: { $gt: ['$$this.until', '$$NOW'] } } };
    const mine = [{ holder, until: { $add: ['$$NOW', holdMs] } }];
    const slots = { $cond: [{ $lt: [{ $size: held }, most] }, { $concatArrays: [held, mine] }, held] };
    const found = await model
      .findOneAndUpdate({ _id: service }, [{ $set: { slots } }], {
        upsert: true,
        returnDocument: 'after',
        updatePipeline: true,
      })
      .lean<StoredSlots>();
    return found?.slots.some((slot) => slot.holder === holder) ?? false;
  };

  return {
    /**
     * Waits for a slot, and answers how to give it back.
     *
     * @throws {OmsError} `stock.unreachable` when there was none for ten seconds.
     */
    take: async (service: string, terms: SlotTerms): Promise<() => Promise<void>> => {
      const holder = randomUUID();
      const end = performance.now() + LONGEST_MS;
      for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
        if (await enter(service, holder, terms)) break;
        if (performance.now() > end) {
          const detail = `Stock engine ${service} has too much to answer at once; see maxConcurrentRequests`;
          throw new OmsError('stock.unreachable', detail);
        }
        await pause(wait * (0.5 + Math.random() / 2));
      }
      // One that cannot be given back ends by itself.
      return () => model.updateOne({ _id: service }, { $pull: { slots: { holder } } }).then(ignore, ignore);
    },
  };
}

const ignore = (): void => undefined;
