import { Schema } from 'mongoose';

import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';

/** Who did what when, without personal data. `id` makes writing it repeatable. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly subject: string;
  readonly command: string;
  /** Id of an API key, or `signal` for a sender that Temporal does not name. */
  readonly by: string;
  readonly outcome: 'refused';
  readonly detail: string;
}

interface StoredAuditEntry extends Omit<AuditEntry, 'id'> {
  _id: string;
}

const schema = new Schema<StoredAuditEntry>(
  {
    _id: { type: String, required: true },
    at: { type: String, required: true },
    subject: { type: String, required: true },
    command: { type: String, required: true },
    by: { type: String, required: true },
    outcome: { type: String, required: true },
    detail: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'audit' },
);

// What happened to one order or package.
schema.index({ subject: 1, at: 1 });

/** The audit log. Entries are only added. */
export function createAuditRepository(connection: Connection) {
  const model = connection.model<StoredAuditEntry>('AuditEntry', schema);
  return {
    model,

    add: async ({ id, ...entry }: AuditEntry): Promise<void> => {
      try {
        await model.create([{ _id: id, ...entry }]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    ofSubject: async (subject: string): Promise<AuditEntry[]> => {
      const found = await model.find({ subject }).sort({ at: 1 }).lean<StoredAuditEntry[]>();
      return found.map(({ _id, ...entry }) => ({ id: _id, ...entry }));
    },
  };
}

export type AuditRepository = ReturnType<typeof createAuditRepository>;
