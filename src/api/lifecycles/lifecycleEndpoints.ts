import type { ApiDependencies } from '../dependencies.js';
import {
  drawLifecycle,
  listLifecycles,
  listLifecycleVersions,
  readLifecycle,
  readLifecycleVersion,
} from './readLifecycles.js';
import {
  archiveLifecycle,
  checkLifecycleDraft,
  deleteLifecycleDraft,
  publishLifecycle,
  putLifecycle,
} from './writeLifecycles.js';

export const lifecycleEndpoints = (dependencies: ApiDependencies) => {
  const { lifecycles } = dependencies.configuration;
  return [
    listLifecycles(lifecycles),
    readLifecycle(lifecycles),
    putLifecycle(dependencies),
    deleteLifecycleDraft(dependencies),
    checkLifecycleDraft(dependencies),
    publishLifecycle(dependencies),
    archiveLifecycle(dependencies),
    listLifecycleVersions(lifecycles),
    readLifecycleVersion(lifecycles),
    drawLifecycle(lifecycles),
  ];
};
