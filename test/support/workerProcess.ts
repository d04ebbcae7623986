import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SUPPORT = import.meta.dirname;
const ROOT = join(SUPPORT, '..', '..');

export interface WorkerOptions {
  readonly mongoUri: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** File with the workflow bundle. */
  readonly bundle: string;
}

export type WorkerProcess = Awaited<ReturnType<typeof startWorkerProcess>>;

/** A worker as it runs in production, in a process of its own that can be ended and started again. */
export async function startWorkerProcess(options: WorkerOptions) {
  let child = await begin(options);
  return {
    /** Ends the process by this signal, and begins another one. */
    restart: async (signal: NodeJS.Signals): Promise<void> => {
      await end(child, signal);
      child = await begin(options);
    },
    stop: (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => end(child, signal),
  };
}

async function begin({ mongoUri, temporalAddress, temporalNamespace, bundle }: WorkerOptions): Promise<ChildProcess> {
  const command = ['--require', join(SUPPORT, 'typescript.cjs'), join(SUPPORT, 'main.cjs'), 'test/support/worker.ts'];
  const child = spawn(process.execPath, [...command, bundle], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      MONGODB_URI: mongoUri,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: temporalNamespace,
      OMS_EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'fatal',
    },
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the worker ended with ${String(code)} before it worked`);
  });
  // It says so when it works.
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  child.stdout.resume();
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
