import { isGrpcServiceError, type Client } from '@temporalio/client';

const GRPC_NOT_FOUND = 5;

/** Events of its history so far; 0 when it has not begun. */
export async function historyLength({ workflow }: Client, workflowId: string): Promise<number> {
  return (await workflow.getHandle(workflowId).describe()).historyLength;
}

/**
 * Waits until the history of a workflow has so many events, also of one that has not begun.
 *
 * @returns false when it has closed with fewer, or `isOver` says that it will not begin any more.
 */
export async function hasEvents(
  { workflowService, options: { namespace } }: Client,
  { workflowId, events }: { readonly workflowId: string; readonly events: number },
  isOver: () => boolean,
): Promise<boolean> {
  let nextPageToken: Uint8Array | null | undefined;
  for (;;) {
    try {
      const execution = { workflowId };
      const request = { namespace, execution, waitNewEvent: true, nextPageToken: nextPageToken ?? null };
      const { history, nextPageToken: next } = await workflowService.getWorkflowExecutionHistory(request);
      if (Number(history?.events?.at(-1)?.eventId ?? 0) >= events) return true;
      if (!next?.length) return false;
      nextPageToken = next;
    } catch (error) {
      if (!isGrpcServiceError(error) || Number(error.code) !== GRPC_NOT_FOUND) throw error;
      if (isOver()) return false;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
