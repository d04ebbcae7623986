import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HTTP_KEY } from './serveWorld.js';

const root = join(import.meta.dirname, '..', '..', '..');

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A page of `docs/how-to`, whose blocks are run word by word against an API, in a folder of their own. */
export function openPage(name: string, url: string) {
  const text = readFileSync(join(root, 'docs/how-to', name), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'oms-how-to-'));
  return {
    text,
    blocks: [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? ''),

    /** Runs a block as a shell would, `npx oms` being the sources; answers what it printed when it ended well. */
    follow: async (block = ''): Promise<string> => {
      const { status, stdout, stderr } = await run(block, folder, url);
      expect([block, status, stderr.includes('refused')]).toEqual([block, 0, false]);
      return stdout;
    },
  };
}

function run(block: string, folder: string, url: string): Promise<Ended> {
  const oms = `"${process.execPath}" "${join(root, 'test/support/typescript.cjs')}" "${join(root, 'src/cli/main.ts')}"`;
  const script = `set -e\nnpx() { shift; ${oms} "$@"; }\n${block}`;
  const env = { PATH: process.env['PATH'], OMS_URL: url, OMS_KEY: HTTP_KEY };
  return new Promise((done) => {
    execFile('bash', ['-c', script], { cwd: folder, env }, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
