import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, printOne, type Row } from '../output.js';
import { pathOf, type ScenarioCollection } from './scenarioCollection.js';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

interface Change {
  readonly kind: string;
  readonly pointer: string;
  readonly text: string;
}

/** `oms scenarios diff`: what changed, in words. */
export function addDiff(scenarios: Command, kind: ScenarioCollection, connect: () => ApiClient): void {
  scenarios
    .command('diff <name>')
    .description('what changed from one version to another, or from what is published to the draft')
    .option('--from <v>', 'a version or `draft`; else the version before')
    .option('--to <v>', 'a version or `draft`; else the draft, or what is published')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { from, to, json }: Options) => {
      const query = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      const answer = await connect().get<Row & { changes: readonly Change[] }>(`${pathOf(kind, name)}/diff`, query);
      if (json) printOne(answer, { json });
      else print(answer.changes, COLUMNS, {});
    });
}

const COLUMNS = [
  { heading: 'change', value: ({ kind }: Change) => kind },
  { heading: 'what', value: ({ text }: Change) => text },
  { heading: 'where', value: ({ pointer }: Change) => pointer },
];
