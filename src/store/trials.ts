import type { Model } from 'mongoose';

import { sumFigures } from '../domain/planning/compare/figures.js';
import { isDuplicateKey, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { before, decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import {
  differenceSchema,
  trialSchema,
  type StoredDifference,
  type StoredTrial,
  type Trial,
  type TrialDifference,
  type TrialProgress,
  type TrialState,
} from './trialModel.js';

export type { Trial, TrialDifference, TrialProgress };

type Begun = Pick<Trial, 'id' | 'kind' | 'scenario' | 'draft' | 'version' | 'until' | 'total' | 'place' | 'createdBy'>;

export type TrialRepository = ReturnType<typeof createTrialRepository>;

/** Backtests and shadows, with what they have found so far. */
export function createTrialRepository(connection: Connection) {
  const model = connection.model<StoredTrial>('Trial', trialSchema);
  const differences = connection.model<StoredDifference>('TrialDifference', differenceSchema);
  return {
    model,
    ...readsOf(model),
    ...differencesOf(differences),
    ...writesOf(model, differences),
    ...endsOf(model, differences),
  };
}

function readsOf(model: Model<StoredTrial>) {
  return {
    find: async (id: string): Promise<Trial | null> => {
      const found = await model.findById(id).lean<StoredTrial>();
      return found && toTrial(found);
    },

    /** Newest first. */
    backtests: async ({
      limit,
      cursor,
      scenario,
    }: PageRequest & { readonly scenario?: string | undefined }): Promise<Page<Trial>> => {
      const filter = { kind: 'backtest', ...(scenario === undefined ? {} : { scenario }), ...before(cursor) };
      const found = await model
        .find(ownFilter(filter))
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<StoredTrial[]>();
      return toPage(found.map(toTrial), limit, ({ createdAt, id }) => [createdAt, id]);
    },

    /** Running, but nothing was written about them since then; those that wait longest first. */
    quietSince: async (since: Date, limit: number): Promise<Trial[]> => {
      const found = await model
        .find(ownFilter({ state: 'running', updatedAt: { $lt: since.toISOString() } }))
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean<StoredTrial[]>();
      return found.map(toTrial);
    },

    /** The one that is running, else the one that was the last. */
    latestShadow: async (scenario: string): Promise<Trial | null> => {
      const [found] = await model
        .find({ kind: 'shadow', scenario })
        .sort({ number: -1 })
        .limit(1)
        .lean<StoredTrial[]>();
      return found ? toTrial(found) : null;
    },
  };
}

function differencesOf(model: Model<StoredDifference>) {
  return {
    /** In the order in which they were decided. */
    differences: async (trial: string, { limit, cursor }: PageRequest): Promise<Page<TrialDifference>> => {
      const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, 2);
      const after = at === undefined ? {} : { $or: [{ at: { $gt: at } }, { at, _id: { $gt: id } }] };
      const found = await model
        .find(ownFilter({ trial, ...after }))
        .sort({ at: 1, _id: 1 })
        .limit(limit + 1)
        .lean<StoredDifference[]>();
      const { items, next } = toPage(found, limit, (row) => [row.at, row._id]);
      return { items: items.map(({ _id: _, trial: __, ...row }) => row), next };
    },
  };
}

function writesOf(model: Model<StoredTrial>, differences: Model<StoredDifference>) {
  return {
    /** Repeatable: under a known id, or while another shadow of the scenario runs, nothing is begun. */
    begin: async (begun: Begun, now: Date): Promise<boolean> => {
      const { id: _id, ...rest } = begun;
      const nothing = sumFigures([]);
      const at = now.toISOString();
      const stored: StoredTrial = {
        _id,
        ...rest,
        number: rest.kind === 'shadow' ? await nextNumber(model, rest.scenario) : 0,
        state: 'running',
        reason: null,
        ...{ compared: 0, skipped: 0, changed: 0, before: nothing, after: nothing },
        ...{ createdAt: at, updatedAt: at },
        ...(rest.kind === 'shadow' && { shadowOf: rest.scenario }),
      };
      try {
        await model.create([stored]);
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return false;
      }
    },

    /**
     * Adds what a page of decisions came to. The differences are written first and are the same when they are
     * written again; the figures move on with the place, so that no page is counted twice.
     *
     * @returns false when the trial ended meanwhile or another worker has dealt with the page.
     */
    advance: async (
      { id, place }: Pick<Trial, 'id' | 'place'>,
      progress: TrialProgress,
      found: readonly TrialDifference[],
      now: Date,
    ): Promise<boolean> => {
      if (found.length > 0) {
        await differences.bulkWrite(
          found.map((row) => ({
            updateOne: { filter: { _id: `${id}/${row.order}` }, update: { $set: { trial: id, ...row } }, upsert: true },
          })),
          { ordered: false },
        );
      }
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'running', 'place.at': place.at, 'place.id': place.id },
        { $set: { ...progress, updatedAt: now.toISOString() } },
      );
      return matchedCount === 1;
    },
  };
}

function endsOf(model: Model<StoredTrial>, differences: Model<StoredDifference>) {
  return {
    /** Null when it was not running any more. */
    end: async (
      id: string,
      state: Exclude<TrialState, 'running'>,
      reason: string,
      now: Date,
    ): Promise<Trial | null> => {
      const made = await model
        .findOneAndUpdate(
          { _id: id, state: 'running' },
          { $set: { state, reason, updatedAt: now.toISOString() }, $unset: { shadowOf: 1 } },
          { returnDocument: 'after' },
        )
        .lean<StoredTrial>();
      return made && toTrial(made);
    },

    /** Throws away what has been over since, with its differences: at most `limit` at once. */
    forgetOver: async (since: Date, limit: number): Promise<void> => {
      const over = await model
        .find(ownFilter({ state: { $in: OVER }, updatedAt: { $lt: since.toISOString() } }))
        .limit(limit)
        .lean<StoredTrial[]>();
      const ids = over.map(({ _id }) => _id);
      // The trial last: while it is there, what is left of it is found again.
      await differences.deleteMany(ownFilter({ trial: { $in: ids } }));
      await model.deleteMany(ownFilter({ _id: { $in: ids } }));
    },
  };
}

const OVER: readonly TrialState[] = ['finished', 'cancelled', 'failed'];

async function nextNumber(model: Model<StoredTrial>, scenario: string): Promise<number> {
  const [last] = await model.find({ kind: 'shadow', scenario }).sort({ number: -1 }).limit(1).lean<StoredTrial[]>();
  return 1 + (last?.number ?? 0);
}

function toTrial({ _id, shadowOf: _, ...trial }: StoredTrial): Trial {
  return { id: _id, ...trial };
}
