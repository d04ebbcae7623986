import { getExternalWorkflowHandle, type SignalDefinition } from '@temporalio/workflow';

/**
 * Signals another workflow. One that has ended needs to be told nothing any more.
 *
 * @returns whether somebody was there.
 */
export async function tell<Message>(
  workflowId: string,
  signal: SignalDefinition<[Message]>,
  message: Message,
): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(signal, message);
    return true;
  } catch {
    // The only way to fail is that there is nobody: Temporal itself retries everything else.
    return false;
  }
}
