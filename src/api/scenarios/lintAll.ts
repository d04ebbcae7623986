import { lintScenario } from '../../domain/planning/lint/lintScenario.js';
import { lintReports } from '../../schemas/lintView.js';
import type { ScenarioRecord } from '../../store/scenarios.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import type { AnyScenario } from './scenarioKind.js';
import { readSurroundings } from './surroundings.js';

export const lintAll = (dependencies: ApiDependencies) =>
  endpoint({
    method: 'get',
    path: '/lint',
    tag: 'Distribution scenarios',
    summary: 'Lint every scenario of both kinds that is not archived: what is published, and its draft',
    roles: MAY.readConfiguration,
    request: {},
    replies: { 200: lintReports },
    handle: async () => {
      const { distributionScenarios, transferScenarios } = dependencies.configuration;
      const [surroundings, distribution, transfer] = await Promise.all([
        readSurroundings(dependencies),
        distributionScenarios.active(),
        transferScenarios.active(),
      ]);
      const parts = [
        ...distribution.flatMap((record) => partsOf('distribution', record)),
        ...transfer.flatMap((record) => partsOf('transfer', record)),
      ];
      const items = parts.map(({ scenario, ...part }) => ({ ...part, findings: lintScenario(scenario, surroundings) }));
      return { status: 200, body: { items } };
    },
  });

const partsOf = (kind: 'distribution' | 'transfer', { name, draft, published }: ScenarioRecord<AnyScenario>) => [
  ...(published ? [{ kind, name, version: published.version, scenario: published.scenario }] : []),
  ...(draft ? [{ kind, name, version: null, scenario: draft }] : []),
];
