/** A collection of scenarios of the API: both have the same life, and the same verbs here. */
export interface ScenarioCollection {
  readonly kind: 'distribution' | 'transfer';
  /** The command. */
  readonly name: string;
  readonly path: string;
  readonly description: string;
}

export const SCENARIO_COLLECTIONS: readonly ScenarioCollection[] = [
  {
    kind: 'distribution',
    name: 'scenarios',
    path: 'distribution-scenarios',
    description: 'distribution scenarios: how orders are planned',
  },
  {
    kind: 'transfer',
    name: 'transfer-scenarios',
    path: 'transfer-scenarios',
    description: 'transfer scenarios: where goods that a packing location lacks come from',
  },
];

/** The path of one scenario. */
export const pathOf = ({ path }: ScenarioCollection, name: string): string => `${path}/${encodeURIComponent(name)}`;
