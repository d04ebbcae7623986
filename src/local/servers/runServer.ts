import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './freePort.js';
import { LocalServerError } from './localServerError.js';
import { reasonOf } from './reasonOf.js';
import { startProcess, type ServerProcess } from './serverProcess.js';
import { takeOver } from './takeOver.js';
import { whenReady } from './whenReady.js';
import { withLock } from './withLock.js';

/** What a kind of server adds to the common way of starting one. */
export interface ServerKind {
  readonly title: string;
  readonly name: string;
  readonly executable: string;
  /** Absent: a temporary folder that goes with the server. */
  readonly dataDir: string | undefined;
  readonly port: number | undefined;
  readonly onProgress: (line: string) => void;
  /** Arguments, and the piece of them that no other process has. */
  commandLine(folder: string, port: number): { args: readonly string[]; mark: string };
  /** Readies the folder. No server runs on it at that moment. */
  beforeStart(folder: string): void;
  /** Makes the listening server usable. May throw: it is tried again. */
  prepare(port: number, folder: string): Promise<void>;
}

/** A free port may be taken by somebody else before the server gets to it. */
const ATTEMPTS = 3;
const START_PATIENCE_MS = 90_000;

/** Starts a server and resolves when it can be used. Throws `LocalServerError`, with the end of its log, when it cannot. */
export async function runServer(kind: ServerKind): Promise<{ process: ServerProcess; port: number }> {
  const folder =
    kind.dataDir === undefined ? mkdtempSync(join(tmpdir(), `oms-${kind.name}-`)) : resolve(kind.dataDir, kind.name);
  mkdirSync(folder, { recursive: true });
  // Two starts on the same data would otherwise both find it free.
  try {
    return await withLock(join(folder, 'start'), { patienceMs: START_PATIENCE_MS }, () =>
      attempt(kind, folder, ATTEMPTS),
    );
  } catch (error) {
    if (kind.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function attempt(
  kind: ServerKind,
  folder: string,
  left: number,
): Promise<{ process: ServerProcess; port: number }> {
  const { title, name, executable, onProgress } = kind;
  const port = kind.port ? kind.port : await freePort();
  const { args, mark } = kind.commandLine(folder, port);
  await takeOver({ title, pidFile: join(folder, `${name}.pid`), mark, onProgress });
  // Whoever listens there might well answer like the server that we wait for.
  if ((await freePort(port)) !== port) throw new LocalServerError(`${title} cannot use port ${port}: it is taken`);
  kind.beforeStart(folder);

  const temporary = kind.dataDir === undefined;
  const process = startProcess({ name, executable, args, folder, temporary, mark });
  try {
    await whenReady(process, port, () => kind.prepare(port, folder));
    return { process, port };
  } catch (error) {
    await process.stop();
    const message = reasonOf(error);
    const taken = /address already in use|can't set .*port/i.test(message);
    if (taken && !kind.port && left > 1) return attempt(kind, folder, left - 1);
    throw new LocalServerError(`${title} on port ${port} did not start: ${message}`);
  }
}
