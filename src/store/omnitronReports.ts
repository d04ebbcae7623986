import { Schema, type Model } from 'mongoose';

import type { OrderReport, ReportState } from '../domain/omnitron/orderReport.js';
import type { ToldPackage } from '../domain/omnitron/toldPackage.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';

interface Stored extends Omit<OrderReport, 'number'> {
  _id: string;
  /** Until then one process is at it. */
  leaseUntil: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    packages: { type: Schema.Types.Mixed, required: true },
    dueAt: String,
    attempts: { type: Number, required: true },
    failure: Schema.Types.Mixed,
    lines: { type: Schema.Types.Mixed, required: true },
    reportedAt: String,
    leaseUntil: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'omnitron_reports' },
);

// What is due, longest first.
schema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $type: 'string' } } });
// What people have to look at.
schema.index({ 'lines.outcome': 1, _id: 1 });

const NEVER = new Date(0).toISOString();

const STATE_FILTERS: Readonly<Record<ReportState, object>> = {
  failing: { failure: { $ne: null } },
  due: { failure: null, dueAt: { $ne: null } },
  refused: { failure: null, dueAt: null, 'lines.outcome': 'refused' },
  drift: { failure: null, dueAt: null, 'lines.outcome': 'drift' },
  reported: { failure: null, dueAt: null, 'lines.outcome': { $nin: ['refused', 'drift'] } },
};

/** What Omnitron is to be told of each order. Written by the reporting loop of any worker; every write is conditional. */
export function createOmnitronReportRepository(connection: Connection) {
  const model = connection.model<Stored>('OmnitronReport', schema);

  const find = async (number: string): Promise<OrderReport | null> => {
    const found = await model.findById(number).lean<Stored>();
    return found && toReport(found);
  };

  return {
    find,

    /** News of an order: it is due at once. False when somebody else had news meanwhile. */
    note: async (number: string, known: OrderReport | null, packages: readonly ToldPackage[], now: Date) => {
      const fresh = { packages, dueAt: now.toISOString(), attempts: 0 };
      if (known) {
        const filter = { _id: number, revision: known.revision };
        const { matchedCount } = await model.updateOne(filter, { $set: fresh, $inc: { revision: 1 } });
        return matchedCount === 1;
      }
      try {
        const empty = { revision: 1, failure: null, lines: [], reportedAt: null, leaseUntil: NEVER };
        await model.create([{ _id: number, ...empty, ...fresh }]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** Takes the order that has been due for longest, for `leaseMs`; null when nothing is due. */
    claim: async (now: Date, leaseMs: number): Promise<OrderReport | null> => {
      const at = now.toISOString();
      const found = await model
        .findOneAndUpdate(
          ownFilter({ dueAt: { $lte: at }, leaseUntil: { $lte: at } }),
          { $set: { leaseUntil: new Date(now.getTime() + leaseMs).toISOString() } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        )
        .lean<Stored>();
      return found && toReport(found);
    },

    /** Writes down how an attempt went. What came in meanwhile keeps the order due. */
    settle: async (
      { number, revision }: Pick<OrderReport, 'number' | 'revision'>,
      result: Pick<OrderReport, 'dueAt' | 'attempts' | 'failure' | 'lines' | 'reportedAt'>,
    ): Promise<void> => {
      const { dueAt, attempts, ...told } = result;
      await model.updateOne({ _id: number, revision }, { $set: { dueAt, attempts } });
      await model.updateOne({ _id: number }, { $set: { ...told, leaseUntil: NEVER } });
    },

    /** Makes an order due again. False when it is not known here. */
    again: async (number: string, now: Date): Promise<boolean> => {
      const { matchedCount } = await model.updateOne(
        { _id: number },
        { $set: { dueAt: now.toISOString(), attempts: 0 }, $inc: { revision: 1 } },
      );
      return matchedCount === 1;
    },

    list: (page: PageRequest, state?: ReportState) => listReports(model, page, state),
  };
}

/** By number. */
async function listReports(
  model: Model<Stored>,
  { limit, cursor }: PageRequest,
  state: ReportState | undefined,
): Promise<Page<OrderReport>> {
  const after = cursor === undefined ? {} : { _id: { $gt: String(decodeCursor(cursor, 1)[0]) } };
  const found = await model
    .find(ownFilter({ ...(state && STATE_FILTERS[state]), ...after }))
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<Stored[]>();
  const page = toPage(found, limit, ({ _id }) => [_id]);
  return { items: page.items.map(toReport), next: page.next };
}

const toReport = ({ _id, leaseUntil: _, ...report }: Stored): OrderReport => ({ number: _id, ...report });
