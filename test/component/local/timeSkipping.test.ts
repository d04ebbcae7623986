import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { resolve } from 'node:path';
import { stack, unique } from '../../support/stack.js';

test('a workflow sleeps for 30 days in seconds', async () => {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: stack.timeSkippingExecutable } },
  });
  try {
    const before = await environment.currentTimeMs();
    const taskQueue = unique('sleep');
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      workflowsPath: resolve(import.meta.dirname, 'sleepWorkflow.ts'),
    });

    const result = await worker.runUntil(
      environment.client.workflow.execute('month', { workflowId: unique('month'), taskQueue }),
    );

    const days = ((await environment.currentTimeMs()) - before) / 86_400_000;
    expect(result).toBe('slept');
    expect(days).toBeGreaterThanOrEqual(30);
  } finally {
    await environment.teardown();
  }
}, 60_000);
