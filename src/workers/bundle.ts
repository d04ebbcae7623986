import { existsSync } from 'node:fs';

import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

import { fromPackageRoot } from '../platform/packageRoot.js';

/** Where the build leaves the workflow bundle. */
export const BUNDLE_PATH = fromPackageRoot('dist', 'workflow-bundle.js');

/** Bundles the workflows; takes a second, so production loads the file that the build made. */
export async function buildBundle(): Promise<string> {
  const workflowsPath = fromPackageRoot('dist', 'workflows', 'index.js');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  return code;
}

/** The bundle of the build, or a fresh one when there is none. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  return existsSync(BUNDLE_PATH) ? { codePath: BUNDLE_PATH } : { code: await buildBundle() };
}
