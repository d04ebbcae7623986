import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const HOOK = resolve(import.meta.dirname, 'typescript.cjs');
const ROOT = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `oms` command as a process of its own, against a running API. */
export function runOms(args: readonly string[], { url, key }: { url: string; key: string }): Promise<Ended> {
  const env = { PATH: process.env['PATH'], OMS_URL: url, OMS_KEY: key };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [HOOK, 'src/cli/main.ts', ...args],
      { cwd: ROOT, env },
      (_, stdout, stderr) => done({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
