import type { Model } from 'mongoose';

import { isDuplicateKey } from './connection.js';
import { ownFilter } from './ownFilter.js';

interface Guarded {
  _id: string;
  version: number;
  /** Workflow time of the write, in ms; it grows with every attempt of a workflow task. */
  recordedAt: number;
}

/**
 * Writes a workflow's record into the read model: one conditional, repeatable replacement. An older
 * version never overwrites a newer one. The same version does when it was recorded later: a worker may die
 * after this write and before its workflow task is completed, and the task's next run may then decide
 * otherwise; workflow time tells which of the two is the truth, also against a worker that was only asleep.
 *
 * @returns false when something newer is there: whoever comes so late has no business with what belongs to the record.
 */
export async function writeGuarded<Stored extends Guarded>(model: Model<Stored>, document: Stored): Promise<boolean> {
  const { _id, version, recordedAt } = document;
  const older = ownFilter({
    _id,
    $or: [{ version: { $lt: version } }, { version, recordedAt: { $lte: recordedAt } }],
  });
  try {
    await model.replaceOne(older, document, { upsert: true });
    return true;
  } catch (error) {
    // The document is there and newer: there is nothing to write.
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}
