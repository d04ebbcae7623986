import { keep, kept, type Source } from './cache.js';
import { LocalServerError } from './localServerError.js';
import { isExecutable, onPath } from './onPath.js';
import { reasonOf } from './reasonOf.js';
import { runCommand } from './runCommand.js';

/** Where an executable may come from, and who is told about it. */
export interface ExecutableOptions {
  /** Named by a variable of the environment; goes before the PATH. */
  readonly executable?: string | undefined;
  /** The PATH of this process. */
  readonly searchPath?: string | undefined;
  /** Where fetched executables are kept from run to run; shared by all projects of the user. */
  readonly cacheDir: string;
  readonly onProgress: (line: string) => void;
}

/** An executable that is on this machine, and how it came here. */
export interface Executable {
  readonly path: string;
  readonly origin: string;
}

/** The ways to one server, in the order in which they are tried. */
export interface Ladder {
  readonly server: string;
  /** What is to be said about the first way, an address. By now it is known that none was given. */
  readonly address: string;
  readonly command: string;
  readonly variable: string;
  /** Names the version of an installed executable. Throws when it does not suit. */
  readonly inspect: (executable: string) => Promise<string>;
  /** The official download, then a language registry. Throws on a platform that neither offers. */
  readonly sources: () => readonly Source[];
}

/**
 * The first way that works. Copies fetched by an earlier run go before a new download, so that a start
 * without a network works and takes no time.
 *
 * @throws {LocalServerError} that names every way and why it failed.
 */
export async function climb(ladder: Ladder, options: ExecutableOptions): Promise<Executable> {
  const failures = [ladder.address];

  try {
    return await installed(ladder, options);
  } catch (error) {
    failures.push(`${ladder.command} on the PATH or named by ${ladder.variable}: ${reasonOf(error)}`);
    // Whoever names an executable wants that one, and should learn that something else is used.
    if (options.executable !== undefined) options.onProgress(`${ladder.server}: ${reasonOf(error)}; trying other ways`);
  }

  const sources = offered(ladder, failures);
  for (const source of sources) {
    const path = kept(options.cacheDir, source);
    if (path !== undefined) return { path, origin: `${source.title}, kept in ${options.cacheDir}` };
  }

  for (const source of sources) {
    try {
      const path = await keep(options.cacheDir, source, options.onProgress);
      return { path, origin: source.title };
    } catch (error) {
      failures.push(`${source.title}: ${reasonOf(error)}`);
      options.onProgress(`${ladder.server}: not from ${source.title}: ${reasonOf(error)}`);
    }
  }

  const list = failures.map((failure, index) => `  ${index + 1}. ${failure}`).join('\n');
  throw new LocalServerError(`There is no ${ladder.server}. These are the ways to get one, and none worked:\n${list}`);
}

async function installed(ladder: Ladder, options: ExecutableOptions): Promise<Executable> {
  const { executable } = options;
  if (executable !== undefined && !isExecutable(executable)) {
    throw new LocalServerError(`${ladder.variable} names ${executable}, which is no executable file`);
  }
  const path = executable ?? onPath(options.searchPath ?? '', ladder.command);
  const version = await ladder.inspect(path);
  return { path, origin: `${version}, ${executable ? `named by ${ladder.variable}` : 'on the PATH'}: ${path}` };
}

function offered(ladder: Ladder, failures: string[]): readonly Source[] {
  try {
    return ladder.sources();
  } catch (error) {
    failures.push(`the official download: ${reasonOf(error)}`, `the language registries: ${reasonOf(error)}`);
    return [];
  }
}

/** Reads the version that an executable tells of itself. Throws when it does not run or is older than `atLeast`. */
export async function versionOf(path: string, pattern: RegExp, atLeast: readonly [number, number]): Promise<string> {
  const told = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
  const [, major, minor, rest] = pattern.exec(told) ?? [];
  if (major === undefined || minor === undefined) throw new LocalServerError(`${path} does not tell its version`);
  const [wantedMajor, wantedMinor] = atLeast;
  if (Number(major) < wantedMajor || (Number(major) === wantedMajor && Number(minor) < wantedMinor)) {
    throw new LocalServerError(`${path} is ${major}.${minor}, and ${atLeast.join('.')} is needed`);
  }
  return `${major}.${minor}${rest ?? ''}`;
}
