import type { PackageRecord } from '../domain/package/package.js';
import { packageWorkflowId, SEARCH_ATTRIBUTES, type PackagingInput } from '../workflows/messages.js';
import { memoryOf, type PackageMemory } from '../workflows/packaging/memory.js';

/** A package that has ended, and the channel of its order. */
export interface EndedPackage {
  readonly record: PackageRecord;
  readonly channel: string;
}

/**
 * Options that start the workflow of a package that has ended once more, under its id, for a command that its life
 * cycle still allows. One that runs already is left as it is and gets the command.
 */
export function lateRun({ record, channel }: EndedPackage, taskQueue: string) {
  const { number, order, location, state } = record;
  const input: PackagingInput = { ...record, transfers: [], channel, hasEnded: true };
  const args: [PackagingInput, PackageMemory] = [input, memoryOf(record)];
  return {
    taskQueue,
    workflowId: packageWorkflowId(number),
    args,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: `${number} after its end`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.order, value: order },
      { key: SEARCH_ATTRIBUTES.state, value: state },
      { key: SEARCH_ATTRIBUTES.location, value: location },
      { key: SEARCH_ATTRIBUTES.channel, value: channel },
    ],
  };
}
