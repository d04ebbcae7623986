import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalServerError } from './localServerError.js';
import { commandLineOf, identityOf } from './processTable.js';

export interface Stale {
  /** For people: "MongoDB". */
  readonly title: string;
  readonly pidFile: string;
  /** A piece of the command line that only a server on this data has. */
  readonly mark: string;
  readonly onProgress: (line: string) => void;
}

const GRACE_MS = 5_000;
const POLL_MS = 20;

/**
 * Makes sure that no server runs on this data: ends one whose starter was killed. The pid file is only a
 * hint; nothing is ended unless its command line names the data, since the pid may long be somebody else's.
 *
 * @throws {LocalServerError} when the process that started the server is still there.
 */
export async function takeOver({ title, pidFile, mark, onProgress }: Stale): Promise<void> {
  const [first = '', owner = ''] = readLines(pidFile);
  const pid = Number(first);
  const runs = () => Number.isInteger(pid) && pid > 1 && commandLineOf(pid).includes(mark);
  if (runs()) {
    const ownerPid = Number(owner.split(' ')[0]);
    if (ownerPid > 0 && identityOf(ownerPid) === owner) {
      throw new LocalServerError(
        `${title} already runs on this data (pid ${pid}), started by process ${ownerPid}: stop that first`,
      );
    }
    onProgress(`ending the ${title} (pid ${pid}) that a killed process left behind`);
    await end(pid, runs);
  }
  rmSync(pidFile, { force: true });
}

async function end(pid: number, runs: () => boolean): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', GRACE_MS],
    ['SIGKILL', GRACE_MS],
  ] as const) {
    if (runs()) tryKill(pid, signal);
    for (const deadline = Date.now() + patience; runs() && Date.now() < deadline;) await pause(POLL_MS);
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
