import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';
import { LocalServerError } from './localServerError.js';
import { reasonOf } from './reasonOf.js';
import type { ServerProcess } from './serverProcess.js';

/** Recovery after a kill reads the journal, which can take a while on a slow disk. */
const PATIENCE_MS = 60_000;
const POLL_MS = 25;

/**
 * Resolves when the server listens and `check` has succeeded, which is tried again until it does.
 *
 * @throws {LocalServerError} with the last lines of its log when the server ends first or takes too long.
 */
export async function whenReady(server: ServerProcess, port: number, check: () => Promise<void>): Promise<void> {
  let over = '';
  void server.ended.then((how) => (over = how));
  const deadline = Date.now() + PATIENCE_MS;
  let last: unknown = `nothing listens on port ${port}`;

  while (over === '' && Date.now() < deadline) {
    try {
      if (await listens(port)) return await check();
    } catch (error) {
      last = error;
    }
    await pause(POLL_MS);
  }
  const why = over !== '' ? over : `not ready after ${PATIENCE_MS / 1000} s: ${reasonOf(last)}`;
  throw new LocalServerError(`${why}\n${server.tail()}`);
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}
