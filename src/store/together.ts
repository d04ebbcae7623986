import DataLoader from 'dataloader';

/** How long the first one waits for others, in ms. */
const GATHER_MS = 2;
/** More go in another batch. */
const MOST = 200;

/**
 * Does what is asked at about the same time together: one query instead of many. Nothing is remembered; each call is
 * answered by a query that began after it.
 *
 * @param load Answers in the order of the keys; an `Error` is that of one key.
 */
export function together<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): (key: Key) => Promise<Value> {
  const loader = new DataLoader<Key, Value>(load, {
    cache: false,
    maxBatchSize: MOST,
    batchScheduleFn: (run) => void setTimeout(run, GATHER_MS),
  });
  return (key) => loader.load(key);
}
