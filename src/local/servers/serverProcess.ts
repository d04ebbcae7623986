import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from './processTable.js';

export interface ProcessOptions {
  /** Names the pid file and the log: `mongod.pid`, `mongod.log`. */
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  /** Holds the pid file and the log. */
  readonly folder: string;
  /** Nothing of this server is to last: it is ended without ceremony, and the folder goes with it. */
  readonly temporary: boolean;
  /** A piece of the command line that no other process has. */
  readonly mark: string;
}

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it, to a sentence that says how. */
  readonly ended: Promise<string>;
  /** Safe to repeat. */
  stop(): Promise<void>;
  /** The last lines that it wrote. */
  tail(): string;
}

/** A server that has not ended this long after SIGTERM is killed; both of ours need under 3 s. */
const GRACE_MS = 6_000;

/**
 * Becomes the server after it has noted its pid and its starter, so that no server ever runs without a pid
 * file, wherever the starter is killed. The note is renamed into place: nobody reads half of it.
 */
const LAUNCH = `printf '%s\\n' "$$" "$2" > "$1.new" && mv "$1.new" "$1" && shift 2 && exec "$@"`;

/**
 * Waits for the end of its standard input, which the starter holds open as long as it lives, and then ends the
 * server. A shell, since it needs a hundredth of the memory of another Node. It does not ask the pid file, which
 * may be deleted with the data; the command line tells whether the pid still is the server's.
 */
const WATCH = `
cat > /dev/null
pid=$1; mark=$2; rubbish=$3
ours() {
  if [ -d /proc/self ]; then line=$(tr '\\0' ' ' < "/proc/$pid/cmdline"); else line=$(ps -ww -o command= -p "$pid"); fi
  case $line in *"$mark"*) return 0 ;; *) return 1 ;; esac
}
ours && kill "$pid"
tries=0
while ours && [ $tries -lt 60 ]; do sleep 0.1; tries=$((tries + 1)); done
ours && kill -9 "$pid"
[ -z "$rubbish" ] || rm -rf -- "$rubbish"
`;

/**
 * Starts a server that ends with this process, also when this process is killed. It has a session of its own:
 * an interrupt in the terminal reaches only us, who may still need the server to finish our work.
 */
export function startProcess(options: ProcessOptions): ServerProcess {
  const { name, executable, args, folder, temporary, mark } = options;
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, `${name}.pid`);
  const logFile = join(folder, `${name}.log`);
  const starter = identityOf(process.pid) ?? String(process.pid);

  const child = launch(['-c', LAUNCH, 'launch', pidFile, starter, executable, ...args], logFile);
  const watch = spawn('/bin/sh', ['-c', WATCH, 'watch', String(child.pid), mark, temporary ? folder : ''], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  forget(watch, child);

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} did not start: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`${name} ended with ${signal ?? `exit code ${code}`}`));
  });
  const stop = async () => {
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    child.kill(temporary ? 'SIGKILL' : 'SIGTERM');
    await ended;
    clearTimeout(timer);
  };
  let lastWords: string | undefined;
  void ended.then(() => {
    watch.kill('SIGKILL');
    lastWords = lastLines(logFile);
    rmSync(temporary ? folder : pidFile, { recursive: true, force: true });
  });

  let stopping: Promise<void> | undefined;
  const tail = () => lastWords ?? lastLines(logFile);
  return { pid: child.pid ?? 0, ended, stop: () => (stopping ??= stop()), tail };
}

/** Output goes to a file: a pipe would break, and the server with it, when this process dies. */
function launch(args: readonly string[], logFile: string): ChildProcess {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'w');
  try {
    return spawn('/bin/sh', args, { detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** A process that has nothing left to do may end although its servers run: they end with it. */
function forget(watch: ChildProcess, child: ChildProcess): void {
  for (const process of [watch, child]) process.unref();
  const held = watch.stdin as (NodeJS.WritableStream & { unref?: () => void }) | null;
  held?.unref?.();
  // Without its watch, a server still has a pid file by which the next start finds it.
  watch.on('error', () => undefined);
  held?.on('error', () => undefined);
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-6).join('\n');
  } catch {
    return '';
  }
}
