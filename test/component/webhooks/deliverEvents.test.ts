import { ActivityCancellationDetails, ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { Webhook } from 'standardwebhooks';

import { createWebhookActivities } from '../../../src/activities/webhooks.js';
import { createWebhookSender } from '../../../src/clients/webhookSender.js';
import type { ListeningEndpoint } from '../../../src/domain/configuration/integrations.js';
import type { EventBody } from '../../../src/domain/events/event.js';
import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import {
  createWebhookDeliveryRepository,
  type WebhookDeliveryRepository,
} from '../../../src/store/webhookDeliveries.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { freshDatabase } from '../../support/stack.js';
import { until } from '../../support/until.js';

const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

let connection: Connection;
let deliveries: WebhookDeliveryRepository;
let server: HttpServer;
let seen: ReceivedRequest[];
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;
let clock: Date;
let endpoint: ListeningEndpoint | null;
let disabled: string[];
let known: EventBody[];
let webhookMaxAttempts: number;

beforeAll(async () => {
  connection = await connectStore(freshDatabase());
  deliveries = createWebhookDeliveryRepository(connection);
  await migrate(connection);
  server = await startHttpServer((request) => {
    seen.push(request);
    return answer(request);
  });
});
afterAll(async () => {
  await server.close();
  await connection.close();
});
beforeEach(async () => {
  await deliveries.model.deleteMany({});
  seen = [];
  disabled = [];
  webhookMaxAttempts = 10;
  answer = () => ({ status: 204 });
  clock = new Date();
  known = [event(1), event(2), event(3)];
  endpoint = {
    id: 'whe_1',
    url: `${server.url}/hook?key=in-the-query`,
    eventTypes: ['*'],
    headers: { authorization: 'Bearer in-the-header' },
    ordering: 'none',
    payload: 'oms',
    retry: { strategy: 'standard' },
    enabled: true,
    failingSince: null,
  };
});

const event = (n: number, subject = `package/R${n}P1`): EventBody => ({
  id: `evt_${n}`,
  type: 'package.created',
  timestamp: '2026-11-23T09:00:00.000Z',
  sequence: n,
  subject,
  data: { number: `R${n}P1` },
});

const activities = () =>
  createWebhookActivities({
    endpoints: {
      find: () => Promise.resolve(endpoint),
      secrets: () => Promise.resolve([SECRET]),
      disable: (_id, why) => {
        disabled.push(why);
        if (endpoint) endpoint = { ...endpoint, enabled: false };
        return Promise.resolve(true);
      },
      failed: () => Promise.resolve(),
      recovered: () => Promise.resolve(),
    },
    events: { bodies: (ids) => Promise.resolve(known.filter(({ id }) => ids.includes(id))) },
    deliveries,
    settings: { read: () => Promise.resolve({ webhookMaxAttempts }) },
    sender: createWebhookSender({ allow: ['127.0.0.1'] }),
    lookup: { order: () => Promise.resolve(null), location: () => Promise.resolve(null) },
    now: () => clock,
    random: () => 0.5,
  });

const quiet = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

const deliver = (events = ['evt_1', 'evt_2', 'evt_3'], environment = quiet()) =>
  environment.run(() => activities().deliverEvents({ endpoint: 'whe_1', events }));

const failureOf = async (run: Promise<unknown>): Promise<ApplicationFailure> => {
  const failure: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof ApplicationFailure)) throw new Error(`no failure but ${String(failure)}`);
  return failure;
};

const ids = () => seen.map(({ headers }) => headers['webhook-id']);
const statuses = async () => {
  const { items } = await deliveries.list({ limit: 10 });
  return Object.fromEntries(items.map(({ event: id, status }) => [id, status]));
};
const failing = (...failed: string[]) => {
  answer = ({ headers }) => ({ status: failed.includes(String(headers['webhook-id'])) ? 500 : 204 });
};
const wait = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1_000);
};

describe('delivering', () => {
  test('sends the events in their order, signed, and is done', async () => {
    await deliver();

    expect(ids()).toEqual(['evt_1', 'evt_2', 'evt_3']);
    expect(seen.map(({ body }) => JSON.parse(body))).toEqual(known);
    for (const { body, headers } of seen) {
      expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
    }
    expect(await statuses()).toEqual({ evt_1: 'delivered', evt_2: 'delivered', evt_3: 'delivered' });
  });

  test('run again sends nothing again', async () => {
    await deliver();
    await deliver();

    expect(seen).toHaveLength(3);
  });

  test('writes down what was sent and came back, without what lets someone in', async () => {
    answer = () => ({ status: 200, text: 'x'.repeat(2_000) });

    await deliver(['evt_1']);

    const delivery = await deliveries.find('whe_1.evt_1');
    expect(delivery?.attempts).toEqual([
      {
        at: clock.toISOString(),
        request: {
          url: `${server.url}/hook`,
          headers: {
            'webhook-id': 'evt_1',
            'webhook-timestamp': String(Math.floor(clock.getTime() / 1_000)),
            authorization: '[hidden]',
          },
        },
        status: 200,
        body: 'x'.repeat(1_024),
        latencyMs: expect.any(Number),
        error: null,
      },
    ]);
    expect(JSON.stringify(delivery)).not.toMatch(/in-the-query|in-the-header|whsec_/);
  });

  test('fails, to be run again, while an event is not in the log', async () => {
    known = [];

    await expect(deliver(['evt_1'])).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(seen).toEqual([]);
  });
});

describe('an endpoint that fails', () => {
  test('gets what it has not got when it is due, and nothing twice', async () => {
    failing('evt_2');

    const failure = await failureOf(deliver());

    expect(failure).toMatchObject({ type: 'webhook.undelivered', nonRetryable: false, nextRetryDelay: 5_000 });
    expect(await statuses()).toEqual({ evt_1: 'delivered', evt_2: 'pending', evt_3: 'delivered' });

    answer = () => ({ status: 204 });
    wait(5);
    await deliver();

    expect(ids()).toEqual(['evt_1', 'evt_2', 'evt_3', 'evt_2']);
    expect(seen[1]?.body).toBe(seen[3]?.body);
    expect(await statuses()).toEqual({ evt_1: 'delivered', evt_2: 'delivered', evt_3: 'delivered' });
  });

  test('is not asked before the time', async () => {
    failing('evt_1');
    await failureOf(deliver(['evt_1']));

    wait(2);
    const early = await failureOf(deliver(['evt_1']));

    expect(early.nextRetryDelay).toBe(3_000);
    expect(seen).toHaveLength(1);
  });

  test('is asked at the times of its schedule, then no more', async () => {
    failing('evt_1');
    const delays: unknown[] = [];
    for (let attempts = 1; attempts < 10; attempts++) {
      const { nextRetryDelay } = await failureOf(deliver(['evt_1']));
      delays.push(nextRetryDelay);
      wait(Number(nextRetryDelay) / 1_000);
    }

    await deliver(['evt_1']);

    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1_000));
    expect(await statuses()).toEqual({ evt_1: 'exhausted' });
    expect(seen).toHaveLength(10);

    await deliver(['evt_1']);
    expect(seen).toHaveLength(10);
  });

  test.each([
    ['the setting, where the endpoint does not say', { strategy: 'standard' }, 'exhausted'],
    ['the endpoint, where it does', { strategy: 'standard', maxAttempts: 2 }, 'pending'],
  ] as const)('is asked as often as %s', async (_who, retry, status) => {
    webhookMaxAttempts = 1;
    endpoint = endpoint && { ...endpoint, retry };
    failing('evt_1');

    await deliver(['evt_1']).catch(() => undefined);

    expect(await statuses()).toEqual({ evt_1: status });
  });

  test('says when it wants to be asked again', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '90' } });

    expect((await failureOf(deliver(['evt_1']))).nextRetryDelay).toBe(90_000);
  });

  test('tells nothing that is secret by its failure', async () => {
    answer = () => ({ status: 500, text: 'in-the-answer' });

    const failure = await failureOf(deliver(['evt_1']));

    expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure)}`).not.toMatch(/in-the-|whsec_/);
  });

  test('has one dead event hold back no other', async () => {
    failing('evt_1');

    await failureOf(deliver());

    expect(await statuses()).toEqual({ evt_1: 'pending', evt_2: 'delivered', evt_3: 'delivered' });
  });

  test('that lets us wait does not make a run longer than its time', async () => {
    answer = () => {
      wait(40);
      return { status: 500 };
    };

    const failure = await failureOf(deliver());

    expect(seen).toHaveLength(2);
    expect(failure.nextRetryDelay).toBe(100);
    expect(await statuses()).toEqual({ evt_1: 'pending', evt_2: 'pending', evt_3: 'pending' });
  });
});

describe('an endpoint that wants order', () => {
  beforeEach(() => {
    known = [event(1, 'package/R1P1'), event(2, 'package/R1P1'), event(3, 'package/R2P1')];
    endpoint = endpoint && { ...endpoint, ordering: 'per_subject' };
  });

  test('gets nothing about a subject before what came earlier', async () => {
    failing('evt_1');

    await failureOf(deliver());
    expect(ids()).toEqual(['evt_1', 'evt_3']);

    answer = () => ({ status: 204 });
    wait(5);
    await deliver();
    expect(ids()).toEqual(['evt_1', 'evt_3', 'evt_1', 'evt_2']);
  });

  test('gets the rest when the earlier one is given up', async () => {
    endpoint = endpoint && { ...endpoint, retry: { strategy: 'fixed', maxAttempts: 1 } };
    failing('evt_1');

    await deliver();

    expect(await statuses()).toEqual({ evt_1: 'exhausted', evt_2: 'delivered', evt_3: 'delivered' });
  });
});

describe('nobody listens any more', () => {
  test.each(['deleted', 'disabled'])('an endpoint that is %s ends its deliveries', async (how) => {
    endpoint = how === 'deleted' ? null : endpoint && { ...endpoint, enabled: false };

    await deliver();

    expect(seen).toEqual([]);
    expect(await statuses()).toEqual({ evt_1: 'cancelled', evt_2: 'cancelled', evt_3: 'cancelled' });
  });

  test('410 disables the endpoint and ends its deliveries', async () => {
    answer = () => ({ status: 410 });

    await deliver();

    expect(disabled).toEqual(['it answered 410 Gone']);
    expect(seen).toHaveLength(1);
    expect(await statuses()).toEqual({ evt_1: 'cancelled', evt_2: 'cancelled', evt_3: 'cancelled' });
  });

  test('a replay sends what was cancelled', async () => {
    const kept = endpoint;
    endpoint = null;
    await deliver(['evt_1']);
    endpoint = kept;

    await deliveries.reopen(['whe_1.evt_1'], clock);
    await deliver(['evt_1']);

    expect(await statuses()).toEqual({ evt_1: 'delivered' });
  });
});

test('a worker that stops leaves the delivery as it was', async () => {
  answer = () => new Promise(() => undefined);
  const environment = quiet();

  const run = deliver(['evt_1'], environment).catch((error: Error) => error);
  await until('the request is there', () => seen.length === 1);
  environment.cancel('WORKER_SHUTDOWN', new ActivityCancellationDetails({ workerShutdown: true }));

  expect(await run).toMatchObject({ name: 'CancelledFailure' });
  expect(await deliveries.find('whe_1.evt_1')).toMatchObject({ status: 'pending', attemptCount: 0 });
});

test('a delivery that its workflow takes back: the attempt under way comes to its end, and no other begins', async () => {
  let respond: (answered: Answer) => void = () => undefined;
  answer = () => new Promise((resolve) => (respond = resolve));
  const environment = quiet();

  const run = failureOf(deliver(['evt_1', 'evt_2'], environment));
  await until('the request is there', () => seen.length === 1);
  environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
  respond({ status: 204 });

  expect(await run).toMatchObject({ type: 'webhook.undelivered' });
  expect(ids()).toEqual(['evt_1']);
  expect(await statuses()).toEqual({ evt_1: 'delivered', evt_2: 'pending' });
});
