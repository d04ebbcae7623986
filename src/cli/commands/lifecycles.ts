import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print, printOne, shown, type Row } from '../output.js';
import { readJson } from '../readJson.js';
import { VERSION_COLUMNS } from './scenarios.js';

const pathOf = (name: string, ...more: string[]): string => ['lifecycles', encodeURIComponent(name), ...more].join('/');

/** `oms lifecycles`: what the brand changes in the life cycles of packages and transfers. */
export function addLifecyclesCommand(program: Command, connect: () => ApiClient): void {
  const lifecycles = program
    .command('lifecycles')
    .description('life cycles of packages and transfers: what the brand changes in them');
  addReading(lifecycles, connect);
  addDrafting(lifecycles, connect);
  addPublishing(lifecycles, connect);
}

function addReading(lifecycles: Command, connect: () => ApiClient): void {
  lifecycles
    .command('list', { isDefault: true })
    .description('both of them')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>('lifecycles');
      print(items, COLUMNS, { json: json ?? false });
    });
  lifecycles
    .command('show <name>')
    .description('the table in force, its changes and the draft')
    .option('--json', 'JSON instead of YAML')
    .action(async (name: string, { json }: { json?: boolean }) => {
      printOne(await connect().get<Row>(pathOf(name)), { json: json ?? false });
    });
  lifecycles
    .command('versions <name>')
    .description('its published versions, newest first')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>(pathOf(name, 'versions'), { limit: '200' });
      print(items, VERSION_COLUMNS, { json: json ?? false });
    });
  lifecycles
    .command('diagram <name>')
    .description('a Mermaid diagram of the table in force')
    .option('--of <version>', 'of a published version, or `draft`')
    .action(async (name: string, { of }: { of?: string }) => {
      const query = of === undefined ? {} : { of };
      const { diagram } = await connect().get<{ diagram: string }>(pathOf(name, 'diagram'), query);
      console.log(diagram.trimEnd());
    });
}

function addDrafting(lifecycles: Command, connect: () => ApiClient): void {
  lifecycles
    .command('draft <name> <file>')
    .description('begin or replace the draft from a JSON file, `-` for standard input')
    .action(async (name: string, file: string) => {
      const api = connect();
      const { revision } = await api.get<{ revision: number }>(pathOf(name));
      await api.put(pathOf(name), readJson(file), { 'if-match': `"${revision}"` });
      console.log(`Draft of ${name} saved.`);
    });
  lifecycles
    .command('discard <name>')
    .description('throw the draft away')
    .action(async (name: string) => {
      await connect().delete(pathOf(name, 'draft'));
      console.log(`Draft of ${name} thrown away.`);
    });
  lifecycles
    .command('check <name>')
    .description('what speaks against publishing the draft; ends with 1 when something does')
    .action(async (name: string) => {
      const { faults } = await connect().post<{ faults: Fault[] }>(pathOf(name, 'check'));
      if (faults.length === 0) return console.log(`The draft of ${name} is sound.`);
      print(faults, FAULT_COLUMNS, {});
      throw new Refused(`Faults: ${faults.length}`);
    });
}

function addPublishing(lifecycles: Command, connect: () => ApiClient): void {
  const acts = {
    publish: 'make the draft the version that all that begins from now on keeps',
    archive: 'go back to the default table, for all that begins from now on',
  };
  for (const [act, description] of Object.entries(acts)) {
    lifecycles
      .command(`${act} <name>`)
      .description(description)
      .action(async (name: string) => {
        print([await connect().post<Row>(pathOf(name, act))], COLUMNS, {});
      });
  }
}

const COLUMNS = [
  { heading: 'name', value: (item: Row) => String(item['name']) },
  { heading: 'in force', value: (item: Row) => shown(item['publishedVersion']) || 'default' },
  { heading: 'draft', value: (item: Row) => (item['draft'] === null ? '' : 'yes') },
];

interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

const FAULT_COLUMNS = [
  { heading: 'where', value: ({ pointer }: Fault) => pointer },
  { heading: 'what', value: ({ detail }: Fault) => detail },
];
