import { Schema } from 'mongoose';

import type { AuditEntry } from '../domain/audit/audit.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { writeGuarded } from './guardedWrite.js';
import { ownFilter } from './ownFilter.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';

interface StoredAuditEntry extends Omit<AuditEntry, 'id'> {
  _id: string;
  recordedAt: number;
  expiresAt: Date;
}

/** MongoDB forgets entries after this time. */
const KEPT_DAYS = 730;
const DAY_MS = 86_400_000;

const schema = new Schema<StoredAuditEntry>(
  {
    _id: { type: String, required: true },
    at: { type: String, required: true },
    subject: { type: String, required: true },
    command: { type: String, required: true },
    by: { type: String, required: true },
    way: { type: String, required: true },
    outcome: { type: String, required: true },
    before: String,
    after: String,
    version: { type: Number, required: true },
    detail: String,
    commandId: String,
    content: String,
    recordedAt: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'audit' },
);

// Newest first, plain, and what happened to one object or came from one sender.
schema.index({ at: -1, _id: -1 });
schema.index({ subject: 1, at: -1, _id: -1 });
schema.index({ by: 1, at: -1, _id: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const COMMAND_FIELDS = { _id: 0, subject: 1, command: 1, outcome: 1, version: 1, by: 1, commandId: 1, content: 1 };

/** An entry as far as it tells which command was carried out. */
export type CommandEntry = Pick<
  AuditEntry,
  'subject' | 'command' | 'outcome' | 'version' | 'by' | 'commandId' | 'content'
>;

export interface AuditFilter {
  readonly subject?: string;
  readonly by?: string;
  readonly command?: string;
  readonly outcome?: AuditEntry['outcome'];
  /** From this instant on, and before that one. */
  readonly from?: string;
  readonly to?: string;
}

/** The audit log. Entries are only added; writing one is repeatable by its id. */
export function createAuditRepository(connection: Connection) {
  const model = connection.model<StoredAuditEntry>('AuditEntry', schema);
  const toEntry = ({ _id: id, recordedAt: _, expiresAt: __, ...entry }: StoredAuditEntry): AuditEntry => ({
    id,
    ...entry,
  });
  return {
    model,

    /** An entry that a later run of the same workflow task writes otherwise is the truth (see `writeGuarded`). */
    add: async ({ id, ...entry }: AuditEntry, recordedAt = Date.parse(entry.at)): Promise<void> => {
      const expiresAt = new Date(Date.parse(entry.at) + KEPT_DAYS * DAY_MS);
      await writeGuarded(model, { _id: id, ...entry, recordedAt, expiresAt });
    },

    /** What was asked of these objects. */
    commandsOf: (subjects: readonly string[]): Promise<CommandEntry[]> =>
      model.find(ownFilter({ subject: { $in: [...subjects] } }), COMMAND_FIELDS).lean<CommandEntry[]>(),

    /** The commands with an id that an object has carried out, newest first. */
    carriedOut: (subject: string, limit: number): Promise<CommandEntry[]> =>
      model
        .find(ownFilter({ subject, outcome: 'accepted' as const, commandId: { $type: 'string' } }), COMMAND_FIELDS)
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<CommandEntry[]>(),

    /** Newest first. */
    list: async ({ limit, cursor, from, to, ...filter }: PageRequest & AuditFilter): Promise<Page<AuditEntry>> => {
      const at = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) };
      const found = await model
        .find(ownFilter({ ...filter, ...(Object.keys(at).length > 0 && { at }), ...older(cursor) }))
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .lean<StoredAuditEntry[]>();
      return toPage(found.map(toEntry), limit, (entry) => [entry.at, entry.id]);
    },
  };
}

export type AuditRepository = ReturnType<typeof createAuditRepository>;

function older(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [at, _id] = decodeCursor(cursor, 2);
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: _id } }] };
}
