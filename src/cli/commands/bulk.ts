import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print } from '../output.js';
import { readJson } from '../readJson.js';

interface Result {
  readonly number: string;
  readonly status: number;
  readonly problem?: { readonly detail: string };
}

const COLUMNS = [
  { heading: 'number', value: ({ number }: Result) => number },
  { heading: 'status', value: ({ status }: Result) => status },
  { heading: 'problem', value: ({ problem }: Result) => problem?.detail },
];

interface Options {
  readonly idempotencyKey?: string;
  readonly json?: boolean;
}

/** `oms packages commands <file>`: many commands at once, from a file or standard input. */
export function addBulkCommand(program: Command, connect: () => ApiClient): void {
  program.commands
    .find((command) => command.name() === 'packages')
    ?.command('commands <file>')
    .description('run the commands of a JSON file, `-` for standard input: [{ "number", "command", ... }], 200 at most')
    .action(async (file: string, _options: unknown, command: Command) => {
      const { idempotencyKey: key, json } = command.optsWithGlobals<Options>();
      const headers = key === undefined ? {} : { 'idempotency-key': key };
      const body = { items: readJson(file) };
      const { results } = await connect().post<{ results: Result[] }>('packages/commands', body, headers);
      print(results, COLUMNS, { json: json ?? false });
      const refused = results.filter(({ status }) => status >= 400).length;
      if (refused > 0) throw new Refused(`${refused} of ${results.length} were refused`);
    });
}
