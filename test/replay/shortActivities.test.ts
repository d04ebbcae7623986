import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';

const recorded = join(import.meta.dirname, '..', 'histories', 'transferred.transfer.json');
const workflowsPath = join(import.meta.dirname, '..', '..', 'src', 'workflows', 'index.ts');

interface Recorded {
  readonly workflowId: string;
  readonly history: { readonly events: readonly Record<string, object>[] };
}

let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
});

const timeout = {
  message: 'Activity timed out',
  timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_CLOSE' },
};
const wrap = (cause: object) => ({
  ...{ message: 'Activity failed', cause },
  activityFailureInfo: { activityType: { name: 'recordTransfer' }, activityId: '1' },
});
const failed = (nonRetryable: boolean) => ({
  message: 'MongoDB is away',
  applicationFailureInfo: { type: 'MongoServerSelectionError', nonRetryable },
});

/** The first record of a transfer, which failed as a local activity and was scheduled as an ordinary one then. */
function fallenBack(failure: object) {
  const { workflowId, history } = JSON.parse(readFileSync(recorded, 'utf8')) as Recorded;
  const begun = history.events.slice(0, 5);
  const marker = begun[4]!;
  const { result: _, ...details } = (marker['markerRecordedEventAttributes'] as { details: Record<string, object> })
    .details;
  const events = [
    ...begun.slice(0, 4),
    {
      ...marker,
      markerRecordedEventAttributes: { ...marker['markerRecordedEventAttributes'], details, failure },
    },
    {
      eventId: '6',
      eventTime: '2026-11-24T16:45:06.262440887Z',
      eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
      activityTaskScheduledEventAttributes: {
        ...{ activityId: '2', activityType: { name: 'recordTransfer' }, workflowTaskCompletedEventId: '4' },
        ...{ taskQueue: { name: 'queue' }, startToCloseTimeout: '30s' },
      },
    },
  ];
  return { workflowId, history: historyFromJSON({ events }) };
}

test.each([
  ['timed out', timeout],
  ['timed out, as an activity failure', wrap(timeout)],
  ['failed as often as it may', wrap(failed(false))],
  ['failed, told as it was', failed(false)],
])('a short activity that %s goes on as an ordinary one, in each replay', async (_, failure) => {
  const { workflowId, history } = fallenBack(failure);

  await Worker.runReplayHistory({ workflowBundle, replayName: 'fallen back' }, history, workflowId);
});
