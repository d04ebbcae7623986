import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

const beside = (...parts: readonly string[]): string => join(import.meta.dirname, '..', ...parts);

/** Where the build leaves the workflow bundle. */
export const BUNDLE_PATH = beside('workflow-bundle.js');

/** Bundles the workflows; takes a second, so production loads the file that the build made. */
export async function buildBundle(): Promise<string> {
  const built = beside('workflows', 'index.js');
  const workflowsPath = existsSync(built) ? built : beside('workflows', 'index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  return code;
}

/** The bundle of the build, or a fresh one when there is none. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  return existsSync(BUNDLE_PATH) ? { codePath: BUNDLE_PATH } : { code: await buildBundle() };
}
