import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalServerError } from './localServerError.js';
import { isExecutable } from './onPath.js';
import { withLock } from './withLock.js';

/** A way to fetch one executable, in one version. */
export interface Source {
  /** For people: "the official download of mongod 7.0.14". */
  readonly title: string;
  /** Folder in the cache: name, version and platform, so that no two builds ever share one. */
  readonly entry: string;
  /** The executable, relative to that folder. */
  readonly executable: string;
  /** Fills an empty folder. It is moved to its final place afterwards, so nothing in it may know its own path. */
  fill(folder: string, onProgress: (line: string) => void): Promise<void>;
  /** Throws when the executable does not run on this machine. */
  check?(executable: string): Promise<unknown>;
}

/** Building takes minutes, and whoever waits for another process must be more patient than that. */
const PATIENCE_MS = 20 * 60_000;

/** The executable of an earlier run, if there is one. */
export function kept(cacheDir: string, source: Source): string | undefined {
  const path = join(cacheDir, source.entry, source.executable);
  return isExecutable(path) ? path : undefined;
}

/**
 * Fetches once, also when several processes ask at the same time: one fetches, the others wait and then
 * find it. A folder under its final name is always complete, since it is renamed only after its check.
 */
export async function keep(cacheDir: string, source: Source, onProgress: (line: string) => void): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  const final = join(cacheDir, source.entry);
  const onWait = () => onProgress(`waiting for another process that is fetching ${source.title}`);

  return withLock(final, { patienceMs: PATIENCE_MS, onWait }, async () => {
    const present = kept(cacheDir, source);
    if (present !== undefined) return present;
    await removeAbandoned(cacheDir, source);

    const unfinished = await mkdtemp(join(cacheDir, temporaryName(source)));
    try {
      await source.fill(unfinished, onProgress);
      const executable = join(unfinished, source.executable);
      if (!isExecutable(executable)) throw new LocalServerError(`it has no ${source.executable}`);
      await source.check?.(executable);
      if (existsSync(final)) await rm(final, { recursive: true });
      await rename(unfinished, final);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return join(final, source.executable);
  });
}

/** Left behind by processes that were killed while fetching: nobody else can be writing while we hold the lock. */
async function removeAbandoned(cacheDir: string, source: Source): Promise<void> {
  const names = (await readdir(cacheDir)).filter((name) => name.startsWith(temporaryName(source)));
  await Promise.all(names.map((name) => rm(join(cacheDir, name), { recursive: true, force: true })));
}

function temporaryName(source: Source): string {
  return `.unfinished-${source.entry}-`;
}
