import { Schema, trusted } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';

/** One published version: numbered from 1, never changed. Orders record which one planned them. */
export interface PublishedVersion<Content> {
  readonly version: number;
  readonly scenario: Content;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
}

interface Stored {
  _id: string;
  name: string;
  version: number;
  scenario: unknown;
  /** Revision of the scenario whose draft this was. */
  fromRevision: number;
  publishedAt: Date;
  publishedBy: string;
}

const schemaOf = (collection: string) => {
  const schema = new Schema<Stored>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      version: { type: Number, required: true },
      scenario: { type: Schema.Types.Mixed, required: true },
      fromRevision: { type: Number, required: true },
      publishedAt: { type: Date, required: true },
      publishedBy: { type: String, required: true },
    },
    { ...SCHEMA_OPTIONS, collection },
  );
  // The versions of a scenario, newest first.
  schema.index({ name: 1, version: -1 });
  return schema;
};

/** The history of published versions. */
export function createScenarioVersionRepository<Content>(connection: Connection, collection: string) {
  const model = connection.model<Stored>(collection, schemaOf(collection));
  return {
    /**
     * Repeatable. A version that a newer draft has taken meanwhile is left as it is; the header's revision
     * then refuses the older one.
     */
    async write(
      name: string,
      { version, ...fields }: Omit<PublishedVersion<Content>, 'publishedAt'> & { publishedAt: Date },
      fromRevision: number,
    ): Promise<void> {
      const _id = `${name}@${version}`;
      try {
        await model.updateOne(
          { _id, fromRevision: trusted({ $lt: fromRevision }) },
          { $set: { name, version, fromRevision, ...fields } },
          { upsert: true },
        );
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    async find(name: string, version: number): Promise<PublishedVersion<Content> | null> {
      const found = await model.findOne({ _id: `${name}@${version}` }).lean<Stored>();
      return found && toVersion<Content>(found);
    },

    /** Newest first, up to `latest`: a version beyond it was begun but never published. */
    async list(name: string, latest: number, { limit, cursor }: PageRequest): Promise<Page<PublishedVersion<Content>>> {
      const before = cursor === undefined ? latest + 1 : Number(decodeCursor(cursor, 1)[0]);
      const found = await model
        .find({ name, version: trusted({ $lt: before }) })
        .sort({ version: -1 })
        .limit(limit + 1)
        .lean<Stored[]>();
      return toPage(found.map(toVersion<Content>), limit, ({ version }) => [version]);
    },
  };
}

function toVersion<Content>({ version, scenario, publishedAt, publishedBy }: Stored): PublishedVersion<Content> {
  return { version, scenario: scenario as Content, publishedAt: publishedAt.toISOString(), publishedBy };
}
