import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';

/** Longer ones are refused where they come from. */
export const LONGEST_DOCUMENT_BYTES = 5 * 1_048_576;

interface StoredDocument {
  _id: string;
  type: string;
  bytes: Buffer;
  storedAt: Date;
}

/** A document that somebody else has made, as it came. */
export interface KeptDocument {
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

const schema = new Schema<StoredDocument>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    storedAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'documents' },
);

/** Names the only document of its kind of a package; labels have one for each parcel. */
export const documentId = (packageNumber: string, kind: string): string => `package/${packageNumber}/${kind}`;

/** The label of the whole shipment (0), or of its n-th parcel. */
export const labelKind = (parcel: number): string => (parcel === 0 ? 'label' : `label/${parcel}`);

/** Invoices and labels, beside the records that tell of them: a record stays small. */
export function createDocumentRepository(connection: Connection) {
  const model = connection.model<StoredDocument>('Document', schema);
  return {
    model,

    /** Repeatable; a later one takes the place of the one before it. */
    put: async (id: string, { type, bytes }: KeptDocument, now: Date): Promise<void> => {
      await model.replaceOne({ _id: id }, { type, bytes: Buffer.from(bytes), storedAt: now }, { upsert: true });
    },

    find: async (id: string): Promise<KeptDocument | null> => {
      const found = await model.findById(id);
      return found && { type: found.type, bytes: found.bytes };
    },
  };
}
