import type { TransferScenario } from '../../domain/configuration/scenario.js';
import { validateTransferScenario } from '../../domain/planning/validateScenario.js';
import { transferScenario } from '../../schemas/scenario.js';
import { transferScenarioVersionView, transferScenarioView } from '../../schemas/scenarioView.js';
import type { ApiDependencies } from '../dependencies.js';
import { scenarioEndpointsOf } from '../scenarios/scenarioEndpoints.js';
import type { ScenarioKind } from '../scenarios/scenarioKind.js';
import { readSurroundings } from '../scenarios/surroundings.js';

export const transferScenarioEndpoints = (dependencies: ApiDependencies) =>
  scenarioEndpointsOf(transferScenarios(dependencies));

const transferScenarios = ({ configuration, now }: ApiDependencies): ScenarioKind<TransferScenario> => ({
  kind: 'transfer',
  path: '/transfer-scenarios',
  tag: 'Transfer scenarios',
  noun: 'transfer scenario',
  schema: transferScenario,
  view: transferScenarioView,
  versionView: transferScenarioVersionView,
  repository: configuration.transferScenarios,
  validate: validateTransferScenario,
  locations: configuration.locations,
  now,
  surroundings: () => readSurroundings({ configuration }),
});
