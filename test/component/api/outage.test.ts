import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

import { createApp } from '../../../src/api/app.js';
import { hollow } from '../../../src/api/docs/hollow.js';
import type { ApiDependencies } from '../../../src/api/dependencies.js';
import { listen, type Listening } from '../../../src/api/listen.js';
import { createLogger } from '../../../src/platform/log.js';
import { createConfigurationStore } from '../../../src/store/configuration.js';
import { connectStore, type Connection } from '../../../src/store/connection.js';
import { freshDatabase } from '../../support/stack.js';
import { ADMIN_KEY } from './support/api.js';

/** A way to MongoDB that can be cut. */
async function startWay(target: URL) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

let listening: Listening | undefined;
let connection: Connection | undefined;
let way: Awaited<ReturnType<typeof startWay>>;
const lines: string[] = [];

beforeAll(async () => {
  const direct = new URL(freshDatabase());
  way = await startWay(direct);
  connection = await connectStore(`mongodb://127.0.0.1:${way.port}${direct.pathname}?directConnection=true`);
  const dependencies: ApiDependencies = {
    configuration: createConfigurationStore(connection),
    records: hollow(),
    orchestrator: hollow(),
    stockClient: hollow(),
    omnitronClient: hollow(),
    planner: hollow(),
    checkUrl: () => null,
    announce: () => Promise.resolve(),
    scenarioPublished: () => Promise.resolve(),
    log: createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
    now: () => new Date(),
    bootstrapKey: ADMIN_KEY,
    keyEnvironment: 'test',
    ready: () => Promise.resolve({}),
  };
  listening = await listen(createApp(dependencies), { host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  way.cut();
  await listening?.close();
  await connection?.close();
});

test('503: while MongoDB does not answer, with when to ask again, and nothing of the cause', async () => {
  const ask = () =>
    fetch(`${listening?.url ?? ''}/v1/denial-reasons`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  expect((await ask()).status).toBe(200);

  way.cut();
  const answer = await ask();

  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  const body = await answer.text();
  expect(JSON.parse(body)).toMatchObject({ type: '/problems/service.unavailable' });
  expect(body).not.toMatch(/Mongo|27\d{3}|127\.0\.0\.1|stack/);
  expect(lines.join('')).toContain('request failed');
}, 20_000);
