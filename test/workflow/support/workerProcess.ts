import { spawnProgram } from '../../support/spawnProgram.js';
import { stack } from '../../support/stack.js';

export interface WorkerProcess {
  /** Begins to work off what is on the task queue. */
  work(taskQueue: string): void;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** A worker process of the product, from its sources, with a brand's database. */
export function spawnWorker(mongoUri: string): WorkerProcess {
  const program = ['test/workflow/support/workerProcess.main.ts', stack.workflowBundle] as const;
  const child = spawnProgram(program, mongoUri, { OMS_PLANNING_THREADS: '1', LOG_LEVEL: 'fatal' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    work: (taskQueue) => void child.stdin.write(taskQueue),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
