import { setTimeout as pause } from 'node:timers/promises';

import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, type Row } from '../output.js';

const LOOK_AGAIN_AFTER_MS = 1_000;

interface EventPage {
  readonly items: readonly Row[];
  readonly next: string;
}

interface Options {
  readonly after?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly limit: string;
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** `oms events`: the event log, as far as it goes or as it grows. */
export function addEventsCommand(program: Command, connect: () => ApiClient): void {
  program
    .command('events')
    .description('read the event log')
    .option('--after <place>', 'a `next` or the id of an event')
    .option('--type <name>', 'only events of this type')
    .option('--subject <subject>', 'only events about this, such as package/R1001P1')
    .option('--limit <n>', 'how many at a time', '50')
    .option('--follow', 'wait for more')
    .option('--json', 'JSON instead of a table')
    .action((options: Options) => read(connect(), options));
}

async function read(api: ApiClient, { after, type, subject, limit, follow, json }: Options): Promise<void> {
  let place = after;
  for (;;) {
    const query = { limit, ...(place && { after: place }), ...(type && { type }), ...(subject && { subject }) };
    const { items, next } = await api.get<EventPage>('events', query);
    if (items.length > 0 || !follow) show(items, next, { json: json ?? false, follow: follow ?? false });
    if (!follow) return;
    place = next;
    if (items.length === 0) await pause(LOOK_AGAIN_AFTER_MS);
  }
}

function show(items: readonly Row[], next: string, { json, follow }: { json: boolean; follow: boolean }): void {
  if (follow) {
    for (const item of items) console.log(json ? JSON.stringify(item) : line(item));
    return;
  }
  const columns = ['timestamp', 'subject', 'sequence', 'type'].map((heading) => ({
    heading,
    value: (item: Row) => String(item[heading]),
  }));
  if (json) console.log(JSON.stringify({ items, next }, null, 2));
  else print(items, columns, {});
  if (!json) console.log(`Go on with --after ${next}`);
}

const line = ({ timestamp, subject, sequence, type }: Row): string =>
  `${String(timestamp)}  ${String(subject)} #${String(sequence)}  ${String(type)}`;
