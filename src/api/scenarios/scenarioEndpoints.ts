import type { Endpoint } from '../endpoint.js';
import { diffVersions } from './diff.js';
import { lintGiven, lintStored } from './lint.js';
import { archiveScenario, publishScenario } from './publish.js';
import { listScenarios, readScenario } from './readScenarios.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';
import { listVersions, readVersion } from './versions.js';
import { createDraft, deleteDraft, putDraft } from './writeDrafts.js';

/** The life of a scenario, the same for every kind. */
export const scenarioEndpointsOf = <Content extends AnyScenario>(kind: ScenarioKind<Content>): Endpoint[] => [
  listScenarios(kind),
  createDraft(kind),
  readScenario(kind),
  putDraft(kind),
  deleteDraft(kind),
  publishScenario(kind),
  archiveScenario(kind),
  listVersions(kind),
  readVersion(kind),
  diffVersions(kind),
  lintStored(kind),
  lintGiven(kind),
];
