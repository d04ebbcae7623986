import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createWebhookActivities, type WebhookActivities } from '../../../src/activities/webhooks.js';
import { createWebhookSender } from '../../../src/clients/webhookSender.js';
import type { EventBody } from '../../../src/domain/events/event.js';
import { createConfigurationStore } from '../../../src/store/configuration.js';
import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore } from '../../../src/store/store.js';
import { webhookStores } from '../../../src/workers/activities.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { freshDatabase } from '../../support/stack.js';
import { until } from '../../support/until.js';

const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
const DAY_MS = 86_400_000;

let connection: Connection;
let server: HttpServer;
let product: Parameters<typeof webhookStores>[0];
let activities: WebhookActivities;
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;
let clock: Date;
let endpoints = 0;

beforeAll(async () => {
  connection = await connectStore(freshDatabase(), { monitorCommands: true });
  product = { configuration: createConfigurationStore(connection), records: createRecordStore(connection) };
  await migrate(connection);
  server = await startHttpServer((request) => answer(request));
});
afterAll(async () => {
  await server.close();
  await connection.close();
});
beforeEach(() => {
  clock = new Date();
  activities = createWebhookActivities({
    ...webhookStores(product),
    sender: createWebhookSender({ allow: ['127.0.0.1'] }),
    now: () => clock,
    random: () => 0.5,
  });
});

/** An endpoint that is tried once a day, for so many days. */
async function endpoint(): Promise<string> {
  const id = `whe_${++endpoints}`;
  const retry = { strategy: 'fixed' as const, delaySeconds: DAY_MS / 1_000, maxAttempts: 20 };
  const wants = {
    url: `${server.url}/hook`,
    eventTypes: ['*'],
    headers: {},
    ordering: 'none',
    payload: 'oms',
  } as const;
  await product.configuration.webhookEndpoints.insert({ id, ...wants, retry, enabled: true }, 'key', SECRET, clock);
  return id;
}

/** Ids of so many new events. */
const events = (count: number): Promise<string[]> =>
  product.records.events.append(
    Array.from({ length: count }, (_, index): Omit<EventBody, 'id'> & { order: null } => ({
      ...{ type: 'order.received', subject: `order/R${++endpoints}`, sequence: index + 1, order: null, data: {} },
      timestamp: clock.toISOString(),
    })),
    clock.getTime(),
  );

const deliver = (id: string, ids: readonly string[], attempt = 1) =>
  new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') })
    .run(() => activities.deliverEvents({ endpoint: id, events: ids }))
    .then(
      () => 'done',
      (error: unknown) => String(error),
    );

const statusOf = async (id: string, event: string) =>
  (await product.records.deliveries.find(`${id}.${event}`))?.status ?? 'unknown';

describe('an endpoint that never answers well', () => {
  test('is disabled after five days of nothing but failures, and what waits is cancelled', async () => {
    answer = () => ({ status: 500 });
    const id = await endpoint();
    const [one = '', other = ''] = await events(2);
    for (let day = 0; day < 5; day++) {
      expect(await deliver(id, [one, other])).toContain('2 not delivered');
      clock = new Date(clock.getTime() + DAY_MS);
    }

    expect(await deliver(id, [one, other])).toBe('done');

    expect(await product.configuration.webhookEndpoints.find(id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/^every attempt since .* failed$/),
    });
    expect([await statusOf(id, one), await statusOf(id, other)]).toEqual(['cancelled', 'cancelled']);
    expect((await product.configuration.webhookEndpoints.noted(id))[0]?.notices).toMatchObject([
      { type: 'webhook.endpoint.disabled', sequence: 1 },
    ]);
  });

  test('is not when it took anything in between', async () => {
    const id = await endpoint();
    const [one = '', other = ''] = await events(2);
    answer = ({ headers }) => ({ status: headers['webhook-id'] === one ? 500 : 204 });
    for (let day = 0; day < 8; day++) {
      expect(await deliver(id, day === 4 ? [one, other] : [one])).toContain('1 not delivered');
      clock = new Date(clock.getTime() + DAY_MS);
    }

    expect(await product.configuration.webhookEndpoints.find(id)).toMatchObject({ enabled: true });
    expect([await statusOf(id, one), await statusOf(id, other)]).toEqual(['pending', 'delivered']);
  });

  test('gets everything once when it is back after a day', async () => {
    answer = () => ({ status: 503 });
    const id = await endpoint();
    const ids = await events(30);
    expect(await deliver(id, ids)).toContain('30 not delivered');
    const taken: unknown[] = [];
    answer = ({ headers }) => {
      taken.push(headers['webhook-id']);
      return { status: 204 };
    };

    clock = new Date(clock.getTime() + DAY_MS);
    await deliver(id, ids);
    await deliver(id, ids);

    expect(taken).toEqual(ids);
  });
});

describe('an endpoint that lets us wait', () => {
  /** Begins so many deliveries at a receiver that does not answer before `goOn`. */
  async function crowd(id: string, count: number) {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const open: unknown[] = [];
    answer = async ({ headers }) => {
      open.push(headers['webhook-id']);
      await held;
      return { status: 204 };
    };
    const refused: string[] = [];
    const ids = await events(count);
    const runs = ids.map((event) =>
      deliver(id, [event]).then((outcome) => {
        if (outcome !== 'done') refused.push(outcome);
      }),
    );
    return {
      ids,
      open,
      refused,
      end: async () => {
        goOn();
        await Promise.all(runs);
      },
    };
  }

  test('has twenty deliveries at once, and the others ask again later', async () => {
    const id = await endpoint();

    const { ids, open, refused, end } = await crowd(id, 25);
    await until('twenty are under way and five refused', () => open.length === 20 && refused.length === 5);
    await end();

    expect(refused).toEqual(Array(5).fill(expect.stringContaining('others are being delivered to it')));
    const statuses = await Promise.all(ids.map((event) => statusOf(id, event)));
    // They are in the log, where people see that they wait.
    expect(statuses.filter((status) => status === 'pending')).toHaveLength(5);
    expect(open).toHaveLength(20);
  });

  test('is asked about for nothing but room by those that have been here before', async () => {
    const id = await endpoint();
    const { ids, open, refused, end } = await crowd(id, 21);
    await until('one has found no room', () => open.length === 20 && refused.length === 1);
    const asked: string[] = [];
    const hear = ({ commandName }: { commandName: string }) => void asked.push(commandName);
    connection.getClient().on('commandStarted', hear);

    const outcome = await deliver(id, ids, 2);

    connection.getClient().off('commandStarted', hear);
    expect(outcome).toContain('others are being delivered to it');
    expect(asked).toEqual([]);
    await end();
    expect(await deliver(id, ids, 3)).toBe('done');
    expect(new Set(open)).toEqual(new Set(ids));
  });

  test('has two at once while it fails', async () => {
    const id = await endpoint();
    await product.configuration.webhookEndpoints.failed(id, clock);

    const { open, refused, end } = await crowd(id, 10);
    await until('two are under way and eight refused', () => open.length === 2 && refused.length === 8);
    await end();

    expect(open).toHaveLength(2);
    expect(await product.configuration.webhookEndpoints.find(id)).toMatchObject({ failingSince: null });
  });
});
