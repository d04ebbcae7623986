import { Schema } from 'mongoose';

import type { PackageRecord } from '../domain/package/package.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { writeGuarded } from './guardedWrite.js';
import { byNumber, newestFirst, toRecord, WORK_FIELDS, type Owned } from './ownedRecord.js';
import type { Page, PageRequest } from './page.js';

type StoredTransfer = TransferRecord & Owned;

const schema = new Schema<StoredTransfer>(
  {
    ...WORK_FIELDS,
    package: { type: String, required: true },
    source: { type: String, required: true },
    destination: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'transfers' },
);

// The order view.
schema.index({ order: 1, _id: 1 });
// Lists, newest first: plain, by state, and what leaves a location or comes to it.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });
schema.index({ source: 1, createdAt: -1, _id: -1 });
schema.index({ destination: 1, createdAt: -1, _id: -1 });

interface TransferFilter {
  readonly order?: string;
  readonly package?: string;
  readonly state?: string;
  /** Codes of locations that goods leave or come to; a caller that may see only some gives those. */
  readonly locations?: readonly string[];
}

/** The read model of transfers. Only the `record` activity writes it. */
export function createTransferRepository(connection: Connection) {
  const model = connection.model<StoredTransfer>('Transfer', schema);
  return {
    model,

    /** False when a later step is recorded already. */
    save: (record: TransferRecord, recordedAt: number): Promise<boolean> =>
      writeGuarded(model, { _id: record.number, ...record, recordedAt }),

    find: async (number: string): Promise<TransferRecord | null> => {
      const found = await model.findById(number).lean<StoredTransfer>();
      return found && toRecord(found);
    },

    /**
     * All transfers of an order, in the order of their numbers.
     *
     * @param packages All packages of the order. Most orders have no transfers, which shows there without asking.
     */
    ofPackages: async (packages: readonly Pick<PackageRecord, 'order' | 'transfers'>[]): Promise<TransferRecord[]> => {
      const served = packages.find(({ transfers }) => transfers.length > 0);
      if (!served) return [];
      const found = await model.find({ order: served.order }).lean<StoredTransfer[]>();
      return found.map(toRecord).sort(byNumber);
    },

    list: (request: PageRequest & TransferFilter): Promise<Page<TransferRecord>> =>
      newestFirst(model, matching(request), request),
  };
}

export type TransferRepository = ReturnType<typeof createTransferRepository>;

function matching({ order, package: parcel, state, locations }: TransferFilter) {
  const codes = locations && { $in: [...locations] };
  return {
    ...(order === undefined ? {} : { order }),
    ...(parcel === undefined ? {} : { package: parcel }),
    ...(state === undefined ? {} : { state }),
    ...(codes === undefined ? {} : { $or: [{ source: codes }, { destination: codes }] }),
  };
}
