import type { ApiDependencies } from '../dependencies.js';
import { archiveScenario, publishScenario } from './publish.js';
import { listScenarios, readScenario } from './readScenarios.js';
import { listVersions, readVersion } from './versions.js';
import { createDraft, putDraft } from './writeDrafts.js';

export const scenarioEndpoints = (dependencies: ApiDependencies) => [
  listScenarios(dependencies),
  createDraft(dependencies),
  readScenario(dependencies),
  putDraft(dependencies),
  publishScenario(dependencies),
  archiveScenario(dependencies),
  listVersions(dependencies),
  readVersion(dependencies),
];
