import { MongoClient, MongoServerError, type Db } from 'mongodb';
import { setTimeout as pause } from 'node:timers/promises';

const NOT_YET_INITIALISED = 94;
const POLL_MS = 25;
const ELECTION_MS = 30_000;

/**
 * Makes a lone mongod a replica set of one, whose writes are acknowledged when they are in the journal.
 * Safe to repeat, also when the data come from a run on another port: the port stands in their configuration.
 */
export async function ensureReplicaSet(name: string, port: number): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5_000,
  });
  try {
    const admin = (await client.connect()).db('admin');
    await becomePrimary(admin, name, `127.0.0.1:${port}`);
    await admin.command({ setDefaultRWConcern: 1, defaultWriteConcern: { w: 'majority', j: true, wtimeout: 0 } });
  } finally {
    await client.close();
  }
}

async function becomePrimary(admin: Db, name: string, host: string): Promise<void> {
  let configured = false;
  for (const deadline = Date.now() + ELECTION_MS; Date.now() < deadline; await pause(POLL_MS)) {
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true && hello['me'] === host) return;
    configured ||= await configure(admin, name, host);
  }
  throw new Error(`the replica set has no primary after ${ELECTION_MS / 1000} s`);
}

/** Writes the configuration that is needed, if one is. False when it is too early to say. */
async function configure(admin: Db, name: string, host: string): Promise<boolean> {
  const members = [{ _id: 0, host }];
  try {
    const { config } = (await admin.command({ replSetGetConfig: 1 })) as {
      config: { version: number; members: { host: string }[] };
    };
    if (config.members.length === 1 && config.members[0]?.host === host) return true;
    // Only by force, since a member that does not find itself in the set cannot be its primary.
    await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
    return true;
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    if (error.code !== NOT_YET_INITIALISED) return false;
    const config = { _id: name, members, writeConcernMajorityJournalDefault: true };
    return admin.command({ replSetInitiate: config }).then(
      () => true,
      () => false,
    );
  }
}
