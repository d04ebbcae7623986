import type { Scenario } from '../../domain/configuration/scenario.js';
import { validateScenario } from '../../domain/planning/validateScenario.js';
import { scenario } from '../../schemas/scenario.js';
import { scenarioVersionView, scenarioView } from '../../schemas/scenarioView.js';
import type { ApiDependencies } from '../dependencies.js';
import { scenarioEndpointsOf } from '../scenarios/scenarioEndpoints.js';
import type { ScenarioKind } from '../scenarios/scenarioKind.js';
import { endShadow } from '../trials/endShadow.js';
import { readSurroundings } from '../scenarios/surroundings.js';

export const scenarioEndpoints = (dependencies: ApiDependencies) =>
  scenarioEndpointsOf(distributionScenarios(dependencies));

const distributionScenarios = ({
  configuration,
  records,
  now,
  scenarioPublished,
}: ApiDependencies): ScenarioKind<Scenario> => ({
  kind: 'distribution',
  path: '/distribution-scenarios',
  tag: 'Distribution scenarios',
  noun: 'scenario',
  schema: scenario,
  view: scenarioView,
  versionView: scenarioVersionView,
  repository: configuration.distributionScenarios,
  validate: validateScenario,
  locations: configuration.locations,
  now,
  surroundings: () => readSurroundings({ configuration }),
  published: scenarioPublished,
  moved: (name) => endShadow({ configuration, records, now }, name),
});
