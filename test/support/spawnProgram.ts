import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

import { stack } from './stack.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** A process of the product that a test may kill, from its sources: it knows the servers of this run and one database. */
export function spawnProgram(
  [file, ...args]: readonly [file: string, ...args: string[]],
  mongoUri: string,
  environment: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<Writable, null, null> {
  const command = ['--require', join(import.meta.dirname, 'typescript.cjs'), join(import.meta.dirname, 'main.cjs')];
  return spawn(process.execPath, [...command, file, ...args], {
    cwd: ROOT,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      MONGODB_URI: mongoUri,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      OMS_EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'error',
      ...environment,
    },
  });
}
