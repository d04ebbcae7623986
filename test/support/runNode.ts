import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const HOOK = resolve(import.meta.dirname, 'typescript.cjs');
const ROOT = resolve(import.meta.dirname, '../..');

/** Runs a TypeScript file, given from the root of the project, in a process of its own; resolves to its output. */
export async function runNode(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [HOOK, file, ...args], { cwd: ROOT });
  return stdout;
}

/** Starts such a process, in a process group of its own, and leaves it running: its end is the test's business. */
export function spawnNode(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [HOOK, file, ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
