import { Schema, trusted, type Model } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import { createScenarioVersionRepository, type PublishedVersion } from './scenarioVersions.js';

interface Stored {
  _id: string;
  /** Counts up with every change of draft or state. */
  revision: number;
  draft: unknown;
  published: (Omit<PublishedVersion<unknown>, 'publishedAt'> & { publishedAt: Date }) | null;
  latestVersion: number;
  archivedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const some = trusted({ $ne: null });

/** A scenario without draft and version was thrown away. */
const there = { $or: trusted([{ draft: some }, { published: some }]) };

type Changes = Partial<Omit<Stored, '_id'>>;

const { Mixed } = Schema.Types;

const schemaOf = (collection: string) =>
  new Schema<Stored>(
    {
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      draft: { type: Mixed, default: null },
      published: { type: Mixed, default: null },
      latestVersion: { type: Number, required: true },
      archivedAt: { type: Date, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { ...SCHEMA_OPTIONS, collection },
  );

/** A scenario with its life: the draft being worked on, and the published version that plans orders. */
export interface ScenarioRecord<Content> {
  readonly name: string;
  readonly revision: number;
  readonly draft: Content | null;
  readonly published: PublishedVersion<Content> | null;
  readonly archivedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Throws when a draft must not be published. */
type Admit<Content> = (draft: Content) => Promise<void> | void;

const admitAny = () => undefined;

export type ScenarioRepository<Content> = ReturnType<typeof createScenarioRepository<Content>>;

/**
 * Scenarios by name. The header document decides what is published: a version is written first and
 * counts from the moment the header names it, so that publishing is one conditional update.
 */
export function createScenarioRepository<Content>(connection: Connection, collection: string) {
  const model = connection.model<Stored>(collection, schemaOf(collection));
  const versions = createScenarioVersionRepository<Content>(connection, `${collection.replace(/s$/, '')}_versions`);

  const update = async (filter: object, set: Changes, now: Date) => {
    const made = await model
      .findOneAndUpdate(
        filter,
        { $set: { ...set, updatedAt: now }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<Stored>();
    return made && toRecord<Content>(made);
  };

  const reads = readsOf<Content>(model);
  return {
    versions,
    ...reads,

    /** A version that counts; one that was begun and never published is none. */
    async findVersion(name: string, version: number): Promise<PublishedVersion<Content> | null> {
      const latest = (await reads.find(name))?.published?.version ?? 0;
      return version <= latest ? versions.find(name, version) : null;
    },

    /** Null when there is a draft already. */
    async createDraft(name: string, draft: Content, now: Date): Promise<ScenarioRecord<Content> | null> {
      const fresh = { _id: name, revision: 1, draft, published: null, latestVersion: 0, archivedAt: null };
      try {
        const stored: Stored = { ...fresh, createdAt: now, updatedAt: now };
        await model.create([stored]);
        return toRecord<Content>(stored);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return update({ _id: name, draft: null }, { draft }, now);
      }
    },

    /**
     * False when there was none. What was never published is there no more, but keeps its revision: one made
     * anew under the name does not match an old `ETag`.
     */
    async deleteDraft(name: string, now: Date): Promise<boolean> {
      const beside = { _id: name, draft: some, published: some };
      const alone = { _id: name, draft: some, published: null };
      const made =
        (await update(beside, { draft: null }, now)) ?? (await update(alone, { draft: null, archivedAt: null }, now));
      return made !== null;
    },

    /** Null when the scenario no longer has this revision. */
    writeDraft: (name: string, draft: Content, revision: number, now: Date) =>
      update({ _id: name, revision }, { draft }, now),

    /**
     * Makes the draft the next version. Null when there is no draft.
     *
     * @param admit Throws when the draft must not be published; the very draft that it has seen is the one that is.
     */
    async publish(name: string, by: string, now: Date, admit: Admit<Content> = admitAny) {
      for (;;) {
        const found = await model.findOne({ _id: name }).lean<Stored>();
        if (found?.draft == null) return null;
        await admit(found.draft as Content);
        const version = found.latestVersion + 1;
        const published = { version, scenario: found.draft as Content, publishedAt: now, publishedBy: by };
        await versions.write(name, published, found.revision);
        const changes = { published, latestVersion: version, draft: null, archivedAt: null };
        const made = await update({ _id: name, revision: found.revision }, changes, now);
        // Otherwise someone changed the draft or published it in between: what is there now decides.
        if (made) return made;
      }
    },

    /** No order is planned by it any more. Null when there is no such scenario. */
    archive: (name: string, now: Date) => update({ _id: name, ...there }, { archivedAt: now }, now),
  };
}

function readsOf<Content>(model: Model<Stored>) {
  return {
    async find(name: string): Promise<ScenarioRecord<Content> | null> {
      const found = await model.findOne({ _id: name, ...there }).lean<Stored>();
      return found && toRecord<Content>(found);
    },

    async list({
      limit,
      cursor,
      status,
    }: PageRequest & { status?: ScenarioStatus }): Promise<Page<ScenarioRecord<Content>>> {
      const after = cursor === undefined ? {} : { _id: trusted({ $gt: String(decodeCursor(cursor, 1)[0]) }) };
      const found = await model
        .find({ ...there, ...after, ...(status !== undefined && STATUSES[status]) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<Stored[]>();
      return toPage(found.map(toRecord<Content>), limit, ({ name }) => [name]);
    },

    /** Those that are not archived, with draft or published version. A brand has dozens, not thousands. */
    async active(): Promise<ScenarioRecord<Content>[]> {
      const found = await model
        .find({ ...there, archivedAt: null })
        .sort({ _id: 1 })
        .lean<Stored[]>();
      return found.map(toRecord<Content>);
    },
  };
}

export type ScenarioStatus = 'draft' | 'published' | 'archived';

const STATUSES: Readonly<Record<ScenarioStatus, object>> = {
  draft: { archivedAt: null, published: null },
  published: { archivedAt: null, published: some },
  archived: { archivedAt: some },
};

function toRecord<Content>(stored: Stored): ScenarioRecord<Content> {
  const { _id, revision, draft, published, archivedAt, createdAt, updatedAt } = stored;
  return {
    name: _id,
    revision,
    draft: draft as Content | null,
    published: published && {
      ...published,
      scenario: published.scenario as Content,
      publishedAt: published.publishedAt.toISOString(),
    },
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
