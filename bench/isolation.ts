import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { Client, Connection as TemporalConnection, WorkflowNotFoundError } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

import { createWebhookActivities } from '../src/activities/webhooks.js';
import { createOrchestrator, type Orchestrator } from '../src/clients/orchestrator.js';
import { createWebhookSender } from '../src/clients/webhookSender.js';
import { startMongo } from '../src/local/servers/startMongo.js';
import { startTemporal } from '../src/local/servers/startTemporal.js';
import { createConfigurationStore } from '../src/store/configuration.js';
import { connectStore } from '../src/store/connection.js';
import { migrate } from '../src/store/migrate.js';
import { createRecordStore } from '../src/store/store.js';
import { webhookStores } from '../src/workers/activities.js';
import { workflowBundle } from '../src/workers/bundle.js';
import { startWorkers } from '../src/workers/runWorkers.js';
import { mongoOptions, temporalOptions } from '../test/support/serverOptions.js';
import type { Arrivals, ReceiversStarted } from './support/receivers.js';

const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
const QUEUE = 'bench-isolation';
/** Announcements that begin each second, as many as two cores deliver easily. */
const PER_SECOND = 5;
/** Events that are announced together, as those of a step or a replay are. */
const TOGETHER = 8;

/** An attempt at the slow one takes 5 s, and its run eight of them. */
const RUNS_END_WITHIN_MS = 45_000;

const TYPESCRIPT = join(import.meta.dirname, '../test/support/typescript.cjs');
const RECEIVERS = join(import.meta.dirname, 'support/receivers.ts');

export interface IsolationBench {
  readonly events: number;
  /** From the moment an event is announced to its arrival at three receivers that are well, in ms. */
  readonly alone: { readonly p50: number; readonly p99: number };
  /** Of the same receivers, beside two more that are well: what two receivers cost anyway. */
  readonly besideWell: { readonly p50: number; readonly p99: number };
  /** Of the same receivers, while one more is dead and one is slow. */
  readonly beside: { readonly p50: number; readonly p99: number };
}

/** Announces events to three receivers that are well: alone, beside two more, and beside two that are not well. */
export async function benchIsolation({ isQuick }: { isQuick: boolean }): Promise<IsolationBench> {
  const [mongo, temporal] = await Promise.all([startMongo(mongoOptions()), startTemporal(temporalOptions())]);
  const database = await connectStore(mongo.address);
  const bed = await prepare(database, temporal.address);
  const receivers = await startReceivers(bed.arrived);
  try {
    const events = isQuick ? 1_000 : 10_000;
    const well = await bed.subscribe(receivers.well);
    const courses = {
      alone: well,
      besideWell: [...well, ...(await bed.subscribe(receivers.more))],
      beside: [...well, ...(await bed.subscribe([receivers.dead, receivers.slow]))],
    };
    const took: Record<keyof typeof courses, number[]> = { alone: [], besideWell: [], beside: [] };
    const run = async (course: keyof typeof courses, count: number, name: string) => {
      took[course].push(...(await bed.announce(count, courses[course], `${course} ${name}`)));
    };
    await bed.announce(PER_SECOND * TOGETHER * 10, well, 'warm');
    // Half before and half after, since databases that grow and machines that are busy elsewhere tell on whoever is last.
    await run('alone', events / 2, 'before');
    await run('besideWell', events / 2, 'before');
    await run('beside', events, 'in between');
    await bed.endWhatIsLeft();
    await run('besideWell', events / 2, 'after');
    await run('alone', events / 2, 'after');
    const { alone, besideWell, beside } = took;
    return { events, alone: percentiles(alone), besideWell: percentiles(besideWell), beside: percentiles(beside) };
  } finally {
    receivers.stop();
    await bed.close();
    await database.close();
    await Promise.all([mongo.stop(), temporal.stop()]);
  }
}

type Bed = Awaited<ReturnType<typeof prepare>>;

async function prepare(database: Awaited<ReturnType<typeof connectStore>>, address: string) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const product = { configuration: createConfigurationStore(database), records: createRecordStore(database) };
  await migrate(database);
  const [native, connection] = await Promise.all([
    NativeConnection.connect({ address }),
    TemporalConnection.connect({ address }),
  ]);
  const activities = createWebhookActivities({
    ...webhookStores(product),
    sender: createWebhookSender({ allow: ['127.0.0.1'] }),
    now: () => new Date(),
    random: Math.random,
  });
  const namespace = temporalOptions().namespace;
  const bundle = await workflowBundle();
  const workers = await startWorkers({ connection: native, namespace, taskQueue: QUEUE, bundle, activities });
  const client = new Client({ connection, namespace });
  const orchestrator = createOrchestrator(client, QUEUE);
  const latencies = new Map<string, number[]>();
  const begun = new Map<string, number>();
  return {
    arrived: (event: string, at: number) => {
      const since = begun.get(event);
      if (since !== undefined) latencies.get(event)?.push(at - since);
    },
    subscribe: async (urls: readonly string[]): Promise<string[]> => {
      const made = urls.map((url, index) => ({ id: `whe_${index}_${new URL(url).port}`, url }));
      for (const { id, url } of made) {
        const wants = { url, eventTypes: ['*'], headers: {}, ordering: 'none', payload: 'oms', enabled: true } as const;
        const endpoint = { id, ...wants, retry: { strategy: 'standard' } as const };
        await product.configuration.webhookEndpoints.insert(endpoint, 'bench', SECRET, new Date());
      }
      return made.map(({ id }) => id);
    },
    announce: async (count: number, endpoints: readonly string[], name: string) => {
      const bodies = Array.from({ length: count }, (_, index) => ({
        ...{ subject: `location/${name}-${index}`, sequence: 1, order: null, type: 'stock_location.updated' as const },
        ...{ timestamp: new Date().toISOString(), data: { code: `${name}-${index}` } },
      }));
      const ids = await product.records.events.append(bodies, Date.now());
      for (const id of ids) latencies.set(id, []);
      await atARate(chunk(ids, TOGETHER), (together) => {
        for (const id of together) begun.set(id, performance.timeOrigin + performance.now());
        return deliver(orchestrator, together, endpoints);
      });
      const wells = 3;
      await until(() => ids.every((id) => latencies.get(id)?.length === wells));
      return ids.flatMap((id) => latencies.get(id) ?? []);
    },
    /** What the dead and the slow one have not got, so that what follows is like what was before. */
    endWhatIsLeft: async () => {
      const query = `ExecutionStatus = 'Running' AND TaskQueue = '${QUEUE}'`;
      for await (const { workflowId } of client.workflow.list({ query })) {
        // One that has just ended may still be listed.
        await client.workflow.getHandle(workflowId).terminate('measured').catch(ignoreGone);
      }
      await new Promise((resolve) => setTimeout(resolve, RUNS_END_WITHIN_MS));
    },
    close: async () => {
      await workers.stop();
      await Promise.all([native.close(), connection.close()]);
    },
  };
}

const ignoreGone = (error: unknown): void => {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
};

const chunk = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

const deliver = (orchestrator: Orchestrator, events: readonly string[], endpoints: readonly string[]): Promise<void> =>
  orchestrator.deliver(
    events[0] ?? '',
    endpoints.map((endpoint) => ({ endpoint, ordering: 'none' as const, events })),
  );

/** Begins so many each second, whether those before are done or not. */
async function atARate<Item>(items: readonly Item[], begin: (item: Item) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (const [index, item] of items.entries()) {
    const due = start + (index * 1_000) / PER_SECOND;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    running.push(begin(item));
  }
  await Promise.all(running);
}

/** @throws when it takes more than ten minutes. */
async function until(isDone: () => boolean): Promise<void> {
  const end = performance.now() + 600_000;
  while (!isDone()) {
    if (performance.now() > end) throw new Error('not everything arrived within ten minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function percentiles(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The receivers, and what arrives at them. */
async function startReceivers(arrived: Bed['arrived']) {
  const child = fork(TYPESCRIPT, [RECEIVERS]);
  const started = await new Promise<ReceiversStarted>((resolve, reject) => {
    child.once('message', (told) => resolve(told as ReceiversStarted));
    child.once('exit', (code) => reject(new Error(`the receivers ended with ${code}`)));
  });
  child.on('message', (told) => {
    for (const [event, at] of told as Arrivals) arrived(event, at);
  });
  return { ...started, stop: () => child.disconnect() };
}

export function printIsolationBench({ events, alone, besideWell, beside }: IsolationBench): string {
  const line = (name: string, { p50, p99 }: IsolationBench['alone']) =>
    `  ${name.padEnd(44)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
  const change = (from: number, to: number) => `${((to / from - 1) * 100).toFixed(0)} %`;
  return [
    `${events} events, ${PER_SECOND * TOGETHER} a second, to three receivers that are well, on ${cpus().length} cores:`,
    line('alone', alone),
    line('beside two more that are well', besideWell),
    line('beside one that is dead and one that is slow', beside),
    `  p99 changes by ${change(alone.p99, beside.p99)}; by ${change(besideWell.p99, beside.p99)} against two more that are well`,
    '',
  ].join('\n');
}
