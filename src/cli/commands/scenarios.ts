import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, printOne, shown, type Row } from '../output.js';
import { readJson } from '../readJson.js';
import { addTrials } from './trials.js';
import { addDiff } from './diffScenarios.js';
import { addLint } from './lintScenarios.js';
import { pathOf, SCENARIO_COLLECTIONS, type ScenarioCollection } from './scenarioCollection.js';

/** `oms scenarios` and `oms transfer-scenarios`: drafts, publication, versions and checks. */
export function addScenariosCommand(program: Command, connect: () => ApiClient): void {
  for (const kind of SCENARIO_COLLECTIONS) {
    const scenarios = program.command(kind.name).description(kind.description);
    addReading(scenarios, kind, connect);
    addDrafting(scenarios, kind, connect);
    addLint(scenarios, kind, connect);
    addDiff(scenarios, kind, connect);
    if (kind.path === 'distribution-scenarios') addTrials(scenarios, connect);
  }
}

function addReading(scenarios: Command, kind: ScenarioCollection, connect: () => ApiClient): void {
  scenarios
    .command('list', { isDefault: true })
    .description('all of them')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>(kind.path, { limit: '200' });
      print(items, COLUMNS, { json: json ?? false });
    });
  scenarios
    .command('show <name>')
    .description('one with its draft')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { json }: { json?: boolean }) => {
      printOne(await connect().get<Row>(pathOf(kind, name)), { json: json ?? false });
    });
  scenarios
    .command('versions <name>')
    .description('its published versions, newest first')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>(`${pathOf(kind, name)}/versions`, { limit: '200' });
      print(items, VERSION_COLUMNS, { json: json ?? false });
    });
}

function addDrafting(scenarios: Command, kind: ScenarioCollection, connect: () => ApiClient): void {
  scenarios
    .command('draft <file>')
    .description('create a draft from a JSON file, `-` for standard input')
    .action(async (file: string) => {
      const draft = await connect().post<Row>(kind.path, readJson(file));
      console.log(`Draft of ${String(draft['name'])} saved.`);
    });
  scenarios
    .command('discard <name>')
    .description('throw the draft away')
    .action(async (name: string) => {
      await connect().delete(`${pathOf(kind, name)}/draft`);
      console.log(`Draft of ${name} thrown away.`);
    });
  for (const act of ['publish', 'archive'] as const) {
    scenarios
      .command(`${act} <name>`)
      .description(act === 'publish' ? 'make the draft the version that plans orders' : 'plan no more orders by it')
      .action(async (name: string) => {
        const scenario = await connect().post<Row>(`${pathOf(kind, name)}/${act}`);
        print([scenario], COLUMNS, {});
      });
  }
}

const COLUMNS = [
  { heading: 'name', value: (item: Row) => String(item['name']) },
  { heading: 'status', value: (item: Row) => shown(item['status']) },
  { heading: 'version', value: (item: Row) => item['publishedVersion'] as number },
  { heading: 'draft', value: (item: Row) => (item['draft'] === null ? '' : 'yes') },
];

/** Of the published versions of whatever has some. */
export const VERSION_COLUMNS = [
  { heading: 'version', value: (item: Row) => item['version'] as number },
  { heading: 'published at', value: (item: Row) => shown(item['publishedAt']) },
  { heading: 'by', value: (item: Row) => shown(item['publishedBy']) },
];
