import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

import { Schema, type Model } from 'mongoose';

import type { Location } from '../domain/configuration/location.js';
import type { PlanInput, VersionedScenario, VersionedTransferScenario } from '../domain/planning/planCase.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import type { Versioned } from './versioned.js';

/** The configuration that a decision is planned with. */
export interface PlanningConfiguration {
  readonly locations: readonly Versioned<Location>[];
  readonly scenarios: readonly VersionedScenario[];
  readonly transferScenarios: readonly VersionedTransferScenario[];
}

export type RecordedConfiguration = Pick<PlanInput, keyof PlanningConfiguration>;

interface Stored {
  /** SHA-256 of the content. */
  _id: string;
  /** JSON, compressed by gzip. */
  content: Buffer;
}

/** What the key of a configuration stands for: locations lie in parts, which many configurations share. */
interface Whole extends Omit<PlanningConfiguration, 'locations'> {
  readonly parts: readonly string[];
}

interface Piece {
  /** Hash of the versions that it is made of. */
  readonly identity: string;
  readonly key: string;
  /** Null when this process has written it before. */
  readonly text: string | null;
}

const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, content: { type: Buffer, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'planning_configurations' },
);

/** So few that a part stays far below the 16 MB of a document, and that one changed location costs little. */
const LOCATIONS_IN_A_PART = 500;

/** What a process remembers: keys that it wrote, and configurations that it read. */
const REMEMBERED = { keys: 1_000, configurations: 4 };

const compress = promisify(gzip);
const decompress = promisify(gunzip);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export type PlanningConfigurationRepository = ReturnType<typeof createPlanningConfigurationRepository>;

/**
 * The configurations that decisions were planned with, each kept once under the hash of its content, however
 * many decisions share it. Nothing is ever changed or deleted here.
 */
export function createPlanningConfigurationRepository(connection: Connection) {
  const model = connection.model<Stored>('PlanningConfiguration', schema);
  const written = createMemory<string>(REMEMBERED.keys);
  const read = createMemory<Promise<RecordedConfiguration | null>>(REMEMBERED.configurations);

  /** What was written under the same versions is not even serialised again: versions never change content. */
  const piece = (versions: readonly string[], content: unknown): Piece => {
    const identity = sha256(versions.join(' '));
    const known = written.get(identity);
    if (known !== undefined) return { identity, key: known, text: null };
    const text = JSON.stringify(content);
    return { identity, key: sha256(text), text };
  };

  return {
    model,

    /** Writes the configuration unless it is there, and answers its key. */
    async keep({ locations, scenarios, transferScenarios }: PlanningConfiguration): Promise<string> {
      const pieces = inParts(locations).map((part) => piece(part.map(versionOf), part));
      const parts = pieces.map(({ key }) => key);
      const names = [...scenarios.map(nameOf), '/', ...transferScenarios.map(nameOf)];
      const whole = piece([...parts, ...names], { parts, scenarios, transferScenarios } satisfies Whole);
      await insert(model, [...pieces, whole]);
      for (const { identity, key } of [...pieces, whole]) written.set(identity, key);
      return whole.key;
    },

    /** Null when nothing is kept under this key. */
    find(key: string): Promise<RecordedConfiguration | null> {
      const known = read.get(key);
      if (known) return known;
      const found = load(model, key);
      read.set(key, found);
      // What failed or was not there may be there the next time.
      const forget = () => read.delete(key);
      found.then((configuration) => configuration ?? forget(), forget);
      return found;
    },
  };
}

const versionOf = ({ code, version }: Versioned<Location>): string => `${code}@${version}`;

const nameOf = ({ name, version }: VersionedScenario | VersionedTransferScenario): string =>
  `${JSON.stringify(name)}@${version}`;

function inParts<Item>(items: readonly Item[]): (readonly Item[])[] {
  const count = Math.ceil(items.length / LOCATIONS_IN_A_PART);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * LOCATIONS_IN_A_PART, (at + 1) * LOCATIONS_IN_A_PART),
  );
}

async function insert(model: Model<Stored>, pieces: readonly Piece[]): Promise<void> {
  const texts = new Map(pieces.flatMap(({ key, text }) => (text === null ? [] : [[key, text] as const])));
  if (texts.size === 0) return;
  const updates = await Promise.all(
    [...texts].map(async ([_id, text]) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { content: await compress(text) } }, upsert: true },
    })),
  );
  for (;;) {
    try {
      await model.bulkWrite(updates, { ordered: false });
      return;
    } catch (error) {
      // Another process wrote the same at the same moment; whatever is still missing comes with the next round.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

async function load(model: Model<Stored>, key: string): Promise<RecordedConfiguration | null> {
  const found = await model.findById(key).lean<Stored>();
  if (!found) return null;
  const { parts, ...scenarios } = await parse<Whole>(found);
  const stored = await model.find(ownFilter({ _id: { $in: [...parts] } })).lean<Stored[]>();
  const byKey = new Map(stored.map((part) => [part._id, part]));
  const locations: PlanInput['locations'][] = [];
  for (const part of parts) {
    const content = byKey.get(part);
    if (!content) return null;
    locations.push(await parse<PlanInput['locations']>(content));
  }
  return { ...scenarios, locations: locations.flat() };
}

async function parse<Content>({ content }: Stored): Promise<Content> {
  // A lean read gives MongoDB's own binary type.
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from((content as { buffer: Uint8Array }).buffer);
  return JSON.parse(String(await decompress(bytes))) as Content;
}

/** The latest entries, so many at most. */
function createMemory<Value>(most: number) {
  const entries = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => entries.get(key),
    set: (key: string, value: Value): void => {
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
    delete: (key: string): void => void entries.delete(key),
  };
}
