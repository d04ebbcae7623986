import type { PinnedLifecycle } from '../domain/lifecycle/pinned.js';
import type { PackageRecord } from '../domain/package/package.js';
import { packageWorkflowId, SEARCH_ATTRIBUTES, type PackagingInput } from '../workflows/messages.js';
import type { Handled } from '../workflows/handledCommands.js';
import { memoryOf, type PackageMemory } from '../workflows/packaging/memory.js';

/** A package that has ended, with what its record only names. */
export interface EndedPackage {
  readonly record: PackageRecord;
  /** Of its order. */
  readonly channel: string;
  /** That it kept from its beginning. */
  readonly lifecycle: PinnedLifecycle;
  /** The commands that it carried out, so that none of them has its effect once more. */
  readonly handled: Handled[];
}

/**
 * Options that start the workflow of a package that has ended once more, under its id, for a command that its life
 * cycle still allows. One that runs already is left as it is and gets the command.
 */
export function lateRun({ record, channel, lifecycle, handled }: EndedPackage, taskQueue: string) {
  const { number, order, location, state } = record;
  const input: PackagingInput = { ...record, lifecycle, transfers: [], channel, hasEnded: true };
  const args: [PackagingInput, PackageMemory] = [input, memoryOf(record, handled)];
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
