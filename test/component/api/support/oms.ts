import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `oms` in a process of its own against an API of this one, as an operator would; `input` is its standard input. */
export function oms(url: string, key: string, args: readonly string[], input = ''): Promise<Ended> {
  const command = ['test/support/typescript.cjs', 'src/cli/main.ts', ...args];
  const env = { PATH: process.env['PATH'], OMS_URL: url, OMS_KEY: key };
  return new Promise((done) => {
    const child = execFile(process.execPath, command, { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdin?.end(input);
  });
}
