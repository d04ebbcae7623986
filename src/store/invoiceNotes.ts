import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';

/** What went wrong. */
export interface InvoiceNote {
  /** After which the invoice was asked for. */
  readonly command: string;
  readonly detail: string;
}

interface StoredNote extends InvoiceNote {
  _id: string;
  at: Date;
}

/** Longer than anybody asks for an invoice: notes of packages that were cancelled meanwhile go by themselves. */
const KEPT_S = 60 * 86_400;

const schema = new Schema<StoredNote>(
  {
    _id: { type: String, required: true },
    command: { type: String, required: true },
    detail: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'invoice_notes' },
);

schema.index({ at: 1 }, { expireAfterSeconds: KEPT_S });

/** Why invoices have not come yet, by package, for people to see; nothing depends on it. */
export function createInvoiceNoteRepository(connection: Connection) {
  const model = connection.model<StoredNote>('InvoiceNote', schema);
  return {
    note: async (number: string, note: InvoiceNote, at: Date): Promise<void> => {
      await model.updateOne({ _id: number }, { $set: { ...note, at } }, { upsert: true });
    },

    forget: async (number: string): Promise<void> => {
      await model.deleteOne({ _id: number });
    },

    /** What is known of these packages; nothing is asked for none. */
    of: async (numbers: readonly string[]): Promise<ReadonlyMap<string, InvoiceNote>> => {
      if (numbers.length === 0) return new Map();
      const found = await model.find(ownFilter({ _id: { $in: numbers } })).lean();
      return new Map(found.map(({ _id, command, detail }) => [_id, { command, detail }]));
    },
  };
}

export type InvoiceNoteRepository = ReturnType<typeof createInvoiceNoteRepository>;
