import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';

import { Client, Connection as TemporalConnection } from '@temporalio/client';
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

const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
const QUEUE = 'bench-isolation';
/** Events that begin each second, as many as two cores deliver easily. */
const PER_SECOND = 10;
/** How long the slow receiver takes, in ms. */
const SLOW_MS = 5_000;

export interface IsolationBench {
  readonly events: number;
  /** From the moment an event is announced to its arrival at three receivers that are well, in ms. */
  readonly alone: { readonly p50: number; readonly p99: number };
  /** Of the same receivers, while one more is dead and one is slow. */
  readonly beside: { readonly p50: number; readonly p99: number };
}

/** Announces events to receivers that are well, without and with two beside them that are not. */
export async function benchIsolation({ isQuick }: { isQuick: boolean }): Promise<IsolationBench> {
  const [mongo, temporal] = await Promise.all([startMongo(mongoOptions()), startTemporal(temporalOptions())]);
  const database = await connectStore(mongo.address);
  const bed = await prepare(database, temporal.address);
  const receivers = await Promise.all(Array.from({ length: 3 }, () => startReceiver('well', bed.arrived)));
  const ill = await Promise.all([startReceiver('dead'), startReceiver('slow')]);
  try {
    const events = isQuick ? 500 : 10_000;
    const well = await bed.subscribe(receivers.map(({ url }) => url));
    await bed.announce(PER_SECOND * 2, well, 'warm');
    const alone = await bed.announce(events, well, 'alone');
    const beside = await bed.announce(events, [...well, ...(await bed.subscribe(ill.map(({ url }) => url)))], 'beside');
    return { events, alone, beside };
  } finally {
    for (const { server } of [...receivers, ...ill]) {
      server.closeAllConnections();
      server.close();
    }
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
  const orchestrator = createOrchestrator(new Client({ connection, namespace }), QUEUE);
  const latencies = new Map<string, number[]>();
  const begun = new Map<string, number>();
  return {
    arrived: (event: string) => {
      const since = begun.get(event);
      if (since !== undefined) latencies.get(event)?.push(performance.now() - since);
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
      await atARate(ids, (id) => {
        begun.set(id, performance.now());
        return deliver(orchestrator, id, endpoints);
      });
      const wells = 3;
      await until(() => ids.every((id) => latencies.get(id)?.length === wells));
      return percentiles(ids.flatMap((id) => latencies.get(id) ?? []));
    },
    close: async () => {
      await workers.stop();
      await Promise.all([native.close(), connection.close()]);
    },
  };
}

const deliver = (orchestrator: Orchestrator, event: string, endpoints: readonly string[]): Promise<void> =>
  orchestrator.deliver(
    event,
    endpoints.map((endpoint) => ({ endpoint, ordering: 'none' as const, events: [event] })),
  );

/** Begins so many each second, whether those before are done or not. */
async function atARate(ids: readonly string[], begin: (id: string) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (const [index, id] of ids.entries()) {
    const due = start + (index * 1_000) / PER_SECOND;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    running.push(begin(id));
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

/** `dead` takes connections and never answers; `slow` answers after five seconds. */
async function startReceiver(health: 'well' | 'dead' | 'slow', arrived: Bed['arrived'] = () => undefined) {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      arrived(String(request.headers['webhook-id']));
      if (health === 'well') response.writeHead(204).end();
      if (health === 'slow') setTimeout(() => response.writeHead(204).end(), SLOW_MS).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

export function printIsolationBench({ events, alone, beside }: IsolationBench): string {
  const line = (name: string, { p50, p99 }: IsolationBench['alone']) =>
    `  ${name.padEnd(44)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
  const rise = ((beside.p99 / alone.p99 - 1) * 100).toFixed(0);
  return [
    `${events} events, ${PER_SECOND} a second, to three receivers that are well, on ${cpus().length} cores:`,
    line('alone', alone),
    line('beside one that is dead and one that is slow', beside),
    `  p99 changes by ${rise} %`,
    '',
  ].join('\n');
}
