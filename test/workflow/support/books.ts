import { createWorkflowStates } from '../../../src/clients/workflowStates.js';
import { targets } from '../../../src/cli/verify/targets.js';
import { verify } from '../../../src/cli/verify/verify.js';
import type { Violation } from '../../../src/domain/verify/books.js';
import { createVerification } from '../../../src/store/verification.js';
import type { World } from './world.js';

/** What `oms verify` finds in a world; what has not settled within the grace time counts. */
export async function violationsOf(
  { records, configuration, client, taskQueue }: World,
  graceMs = 3_000,
): Promise<readonly Violation[]> {
  const dependencies = {
    records,
    workflows: createWorkflowStates(client, taskQueue),
    webhookEndpoints: configuration.webhookEndpoints,
    lifecycles: configuration.lifecycles,
    verification: createVerification(records),
  };
  return (await verify(targets(dependencies), { graceMs, tell: () => undefined })).violations;
}
