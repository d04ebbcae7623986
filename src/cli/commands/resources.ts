import { Option, type Command } from 'commander';

import { print, printOne, type Column, type Row } from '../output.js';
import type { ApiClient } from '../apiClient.js';
import { readJson } from '../readJson.js';

/** A collection of the API that people look at from the command line. */
interface Resource {
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly columns: readonly Column<Row>[];
  readonly filters: readonly string[];
  /** Its objects take commands: `oms packages R1001P1 prepare`. */
  readonly takesCommands: boolean;
}

const field = (name: string, heading = name): Column<Row> => ({ heading, value: (item) => item[name] as string });

const itemsOf = ({ items }: Row): string =>
  (items as Row[]).map((item) => `${String(item['quantity'])} x ${String(item['sku'])}`).join(', ');

const commandsOf = ({ commands }: Row): string =>
  (commands as Row[]).map((offer) => String(offer['command'])).join(' ');

const RESOURCES: readonly Resource[] = [
  {
    name: 'orders',
    path: 'orders',
    summary: 'orders, and commands to them',
    columns: [
      field('number'),
      field('state'),
      field('channel'),
      { heading: 'waits for', value: ({ waiting }) => (waiting as { reason: string } | null)?.reason },
      {
        heading: 'packages',
        value: ({ packages }) =>
          (packages as Row[]).map((parcel) => `${String(parcel['number'])} ${String(parcel['state'])}`).join(', '),
      },
    ],
    filters: ['state', 'channel'],
    takesCommands: true,
  },
  {
    name: 'packages',
    path: 'packages',
    summary: 'packages, and commands to them',
    columns: [
      field('number'),
      field('state'),
      field('location'),
      { heading: 'items', value: itemsOf },
      { heading: 'commands', value: commandsOf },
    ],
    filters: ['state', 'location', 'order'],
    takesCommands: true,
  },
  {
    name: 'transfers',
    path: 'transfers',
    summary: 'transfers, and commands to them',
    columns: [
      field('number'),
      field('state'),
      field('source', 'from'),
      field('destination', 'to'),
      { heading: 'items', value: itemsOf },
      { heading: 'commands', value: commandsOf },
    ],
    filters: ['state', 'location', 'order', 'package'],
    takesCommands: true,
  },
  {
    name: 'locations',
    path: 'locations',
    summary: 'stores and warehouses',
    columns: [
      field('code'),
      field('name'),
      field('type'),
      field('priority'),
      field('maxQuota', 'quota'),
      field('active'),
    ],
    filters: [],
    takesCommands: false,
  },
];

/** Adds a command for each collection: list, one, and commands to one. */
export function addResourceCommands(program: Command, connect: () => ApiClient): void {
  for (const resource of RESOURCES) addResource(program, resource, connect);
}

function addResource(program: Command, resource: Resource, connect: () => ApiClient): void {
  const { name, summary, takesCommands, filters } = resource;
  const command = program.command(name).description(summary).argument('[number]', 'show this one');
  if (takesCommands) command.argument('[command]', 'run this command on it');
  command.option('--json', 'JSON instead of a table').option('--limit <n>', 'how many to list', '50');
  for (const filter of filters) command.option(`--${filter} <value>`, `only with this ${filter}`);
  if (takesCommands) {
    command
      .option('--reason <code>', 'code of a denial or cancellation reason')
      .option('--note <text>', 'a remark')
      .option('--idempotency-key <key>', 'repeating with the same key has no second effect')
      .addOption(new Option('--body <file>', 'parameters of the command as JSON, `-` for standard input'));
  }
  command.action(async (...given: unknown[]) => {
    const options = command.opts<Record<string, string>>();
    const [number, run] = given as (string | undefined)[];
    const api = connect();
    if (number === undefined) return list(api, resource, options);
    if (!takesCommands || typeof run !== 'string') return show(api, resource, number, options);
    return obey(api, resource, { number, command: run, options });
  });
}

async function list(
  api: ApiClient,
  { path, columns, filters }: Resource,
  options: Record<string, unknown>,
): Promise<void> {
  const query = Object.fromEntries(
    ['limit', ...filters].flatMap((name) => (typeof options[name] === 'string' ? [[name, options[name]]] : [])),
  );
  const { items } = await api.get<{ items: Row[] }>(path, query);
  print(items, columns, { json: options['json'] === true });
}

async function show(
  api: ApiClient,
  { path }: Resource,
  number: string,
  options: Record<string, unknown>,
): Promise<void> {
  printOne(await api.get<Row>(`${path}/${encodeURIComponent(number)}`), { json: options['json'] === true });
}

async function obey(
  api: ApiClient,
  { path, columns }: Resource,
  { number, command, options }: { number: string; command: string; options: Record<string, unknown> },
): Promise<void> {
  const body = {
    command,
    ...(typeof options['body'] === 'string' ? readJson(options['body']) : {}),
    ...(typeof options['reason'] === 'string' && { reason: options['reason'] }),
    ...(typeof options['note'] === 'string' && { note: options['note'] }),
  };
  const key = options['idempotencyKey'];
  const headers = typeof key === 'string' ? { 'idempotency-key': key } : {};
  const view = await api.post<Row>(`${path}/${encodeURIComponent(number)}/commands`, body, headers);
  if (options['json'] === true) printOne(view, { json: true });
  else print([view], columns, {});
}
