import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import got from 'got';

import { createWebhookActivities } from '../src/activities/webhooks.js';
import { createWebhookSender } from '../src/clients/webhookSender.js';
import { startMongo } from '../src/local/servers/startMongo.js';
import { newPackage } from '../src/domain/package/package.js';
import { DEFAULT_LIFECYCLE } from '../src/domain/lifecycle/pinned.js';
import { createConfigurationStore } from '../src/store/configuration.js';
import { connectStore } from '../src/store/connection.js';
import { migrate } from '../src/store/migrate.js';
import { createRecordStore } from '../src/store/store.js';
import { webhookStores } from '../src/workers/activities.js';
import { mongoOptions } from '../test/support/serverOptions.js';

const AT_ONCE = 20;
const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

export interface WebhookBench {
  readonly deliveries: number;
  readonly perSecond: number;
  /** By the processor time of the delivering process: what one core does that has nothing else to do. */
  readonly perCoreSecond: number;
  /** The same bytes posted with `got` and nothing else, by processor time. */
  readonly barePerCoreSecond: number;
}

/** Delivers package events to one endpoint: signed, and with each attempt in the delivery log. */
export async function benchWebhooks({ isQuick }: { isQuick: boolean }): Promise<WebhookBench> {
  const mongo = await startMongo(mongoOptions());
  const receiver = fork(join(import.meta.dirname, 'support/receiver.cjs'));
  const port = await new Promise<number>((resolve) => receiver.once('message', (message) => resolve(Number(message))));
  const connection = await connectStore(mongo.address);
  try {
    return await measure(connection, `http://127.0.0.1:${port}/hooks`, isQuick ? 500 : 5_000);
  } finally {
    receiver.disconnect();
    await connection.close();
    await mongo.stop();
  }
}

async function measure(
  connection: Awaited<ReturnType<typeof connectStore>>,
  url: string,
  deliveries: number,
): Promise<WebhookBench> {
  const product = { configuration: createConfigurationStore(connection), records: createRecordStore(connection) };
  await migrate(connection);
  const now = new Date();
  const wants = { url, eventTypes: ['*'], headers: {}, ordering: 'none', payload: 'oms', enabled: true } as const;
  const endpoint = { id: 'whe_bench', ...wants, retry: { strategy: 'standard' } as const };
  await product.configuration.webhookEndpoints.insert(endpoint, 'bench', SECRET, now);
  const bodies = Array.from({ length: deliveries }, (_, index) => eventOf(index, now));
  const ids = await product.records.events.append(bodies, now.getTime());
  const activities = createWebhookActivities({
    ...webhookStores(product),
    sender: createWebhookSender({ allow: ['127.0.0.1'] }),
    now: () => new Date(),
    random: Math.random,
  });
  const logger = new DefaultLogger('ERROR');
  const deliver = (id: string) =>
    new MockActivityEnvironment({}, { logger }).run(() =>
      activities.deliverEvents({ endpoint: endpoint.id, events: [id] }),
    );
  await inTurns(ids.slice(0, AT_ONCE), deliver);
  const sent = await timed(() => inTurns(ids.slice(AT_ONCE), deliver));
  const payloads = bodies.map((body) => JSON.stringify(body));
  const bare = await timed(() =>
    inTurns(payloads.slice(AT_ONCE), (body) => got.post(url, { body, retry: { limit: 0 } })),
  );
  const count = deliveries - AT_ONCE;
  return {
    deliveries: count,
    perSecond: count / sent.seconds,
    perCoreSecond: count / sent.coreSeconds,
    barePerCoreSecond: count / bare.coreSeconds,
  };
}

function eventOf(index: number, now: Date) {
  const number = `R${index}P1`;
  const item = { id: '1', lineId: '1', sku: 'MUG', name: 'Mug', quantity: 2, unitPrice: 1990 };
  const rest = { transfers: [], dueAt: null, rule: 'one place', replaces: null, lifecycle: DEFAULT_LIFECYCLE };
  const draft = { number, order: `R${index}`, location: 'S1', state: 'waiting' as const, items: [item], ...rest };
  const data = newPackage(draft, now.toISOString());
  const about = { subject: `package/${number}`, sequence: 1, order: `R${index}` };
  return { ...about, type: 'package.created' as const, timestamp: now.toISOString(), data };
}

/** Twenty at once, as one worker process does for one endpoint. */
async function inTurns<Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
    }),
  );
}

async function timed(run: () => Promise<void>) {
  const begun = performance.now();
  const used = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - begun) / 1_000, coreSeconds: (user + system) / 1e6 };
}

export function printWebhookBench({ deliveries, perSecond, perCoreSecond, barePerCoreSecond }: WebhookBench): string {
  const share = ((perCoreSecond / barePerCoreSecond) * 100).toFixed(0);
  return [
    `${deliveries} deliveries, signed and logged, ${AT_ONCE} at once, on ${cpus().length} cores:`,
    `  ${perSecond.toFixed(0)} a second, with MongoDB and the receiver on the same machine`,
    `  ${perCoreSecond.toFixed(0)} a second of processor time of the delivering process`,
    `  ${barePerCoreSecond.toFixed(0)} when the same bytes are posted and nothing else: ours are ${share} % of that`,
    '',
  ].join('\n');
}
