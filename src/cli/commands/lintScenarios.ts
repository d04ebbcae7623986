import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print } from '../output.js';
import { readJson } from '../readJson.js';
import { pathOf, type ScenarioCollection } from './scenarioCollection.js';

interface Report {
  readonly kind: string;
  readonly name: string;
  readonly version: number | null;
  readonly findings: readonly { code: string; severity: string; pointer: string; message: string; hint: string }[];
}

interface Options {
  readonly file?: string;
  readonly version?: string;
  readonly json?: boolean;
}

/** `oms scenarios lint`: ends with 1 when there is an error, so that a pipeline can stop there. */
export function addLint(scenarios: Command, kind: ScenarioCollection, connect: () => ApiClient): void {
  scenarios
    .command('lint [name]')
    .description('what is wrong or doubtful: in one, in all, or in a file that is not saved')
    .option('--file <file>', 'a scenario as JSON, `-` for standard input')
    .option('--version <n>', 'a published version instead of the draft')
    .option('--json', 'JSON instead of a table')
    .action(async (name: string | undefined, options: Options) => {
      const reports = await read(connect(), kind, name, options);
      show(reports, options.json ?? false);
      const errors = reports.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Refused(`Errors: ${errors.length}`);
    });
}

async function read(
  api: ApiClient,
  kind: ScenarioCollection,
  name: string | undefined,
  { file, version }: Options,
): Promise<readonly Report[]> {
  if (file !== undefined) return [await api.post<Report>(`${kind.path}/lint`, readJson(file))];
  if (name !== undefined) {
    return [await api.get<Report>(`${pathOf(kind, name)}/lint`, version === undefined ? {} : { version })];
  }
  const { items } = await api.get<{ items: Report[] }>('lint');
  return items.filter((report) => report.kind === kind.kind);
}

function show(reports: readonly Report[], json: boolean): void {
  if (json) return print(reports, [], { json });
  const rows = reports.flatMap(({ name, version, findings }) =>
    findings.map((finding) => ({ ...finding, scenario: `${name} ${version === null ? 'draft' : `v${version}`}` })),
  );
  if (rows.length === 0) return console.log(`Nothing to say about ${reports.length} of them.`);
  print(rows, COLUMNS, {});
}

type Shown = Report['findings'][number] & { readonly scenario: string };

const COLUMNS = [
  { heading: 'scenario', value: ({ scenario }: Shown) => scenario },
  { heading: 'severity', value: ({ severity }: Shown) => severity },
  { heading: 'code', value: ({ code }: Shown) => code },
  { heading: 'where', value: ({ pointer }: Shown) => pointer },
  { heading: 'what', value: ({ message }: Shown) => message },
];
