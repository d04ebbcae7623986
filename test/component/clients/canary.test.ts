import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createOutgoing } from '../../../src/clients/http.js';
import { createWebhookSender } from '../../../src/clients/webhookSender.js';
import { resolvingTo } from '../../support/resolvingTo.js';

/** Listens on every address of this machine: whatever reaches it should not have left us. */
let canary: Server;
/** The one address that outgoing calls may reach, and what it answers. */
let allowed: Server;
let redirect: string;
let port: number;
let hits: string[];

const ALLOWED = '127.0.0.77';

beforeAll(async () => {
  canary = createServer(({ url, headers, socket }, response) => {
    // It hears the allowed address as well, at its port.
    if (!socket.localAddress?.endsWith(ALLOWED)) hits.push(`${headers.host}${url}`);
    response.end('canary');
  });
  await listen(canary, '::');
  ({ port } = canary.address() as AddressInfo);
  allowed = createServer((_, response) => response.writeHead(307, { location: redirect }).end());
  await listen(allowed, ALLOWED);
});
afterAll(() => {
  for (const server of [canary, allowed]) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  hits = [];
});

const listen = (server: Server, host: string) => new Promise<void>((done) => server.listen(0, host, done));

const LIMITS = { timeoutMs: 1_500, maxBytes: 100 };
const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

/** Calls it both ways that we call the outside. */
async function attack(url: string, lookup?: ReturnType<typeof resolvingTo>): Promise<void> {
  const options = { allow: [ALLOWED], ...(lookup && { lookup }) };
  const sending = { url, headers: {}, secrets: [SECRET], id: 'evt_1', at: new Date(), payload: '{}' };
  await Promise.allSettled([
    createOutgoing(options)({ url, ...LIMITS }),
    createWebhookSender(options).send(sending, AbortSignal.timeout(LIMITS.timeoutMs)),
  ]);
}

/** Ways to write this machine and the private networks; the canary listens behind those that are this machine. */
const HOSTS = [
  ...['127.0.0.1', '127.0.0.1.', '127.1', '127.0.1', '127.127.127.127', '0', '0.0.0.0', '0x0', '00000'],
  ...[
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0x7f.0x0.0x0.0x1',
    '0x7f.1',
    '0177.0.0.1',
    '0177.0.0.01',
    '127.0.0x0.1',
  ],
  ...['localhost', 'LOCALHOST', 'localhost.', 'api.localhost', 'a.b.localhost.'],
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::7f00:1]', '[::127.0.0.1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ...['[0:0:0:0:0:ffff:127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]'],
  ...['[2002:7f00:1::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[::ffff:169.254.169.254]', '[::ffff:10.0.0.1]'],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '100.100.100.200', '192.0.0.192'],
  ...['10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '198.18.0.1', '240.0.0.1', '255.255.255.255', '224.0.0.1'],
  ...['１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1', 'ⓛocalhost', '127.0.0.1%2f', '%31%32%37.0.0.1'],
];

test.each(HOSTS)('nobody is reached at http://%s', async (host) => {
  await attack(`http://${host}:${port}/latest/meta-data/`);

  expect(hits).toEqual([]);
});

test.each([
  `http://good.example@127.0.0.1:PORT/`,
  `http://good.example:80@127.0.0.1:PORT/`,
  `http://127.0.0.1:PORT#@good.example/`,
  `http://127.0.0.1:PORT?@good.example/`,
  `http://127.0.0.1:PORT\\@good.example/`,
  `http:\\\\127.0.0.1:PORT/`,
  `http:127.0.0.1:PORT/`,
  `  http://127.0.0.1:PORT/`,
  `file:///etc/passwd`,
  `gopher://127.0.0.1:PORT/_GET`,
  `ftp://127.0.0.1:PORT/`,
  `ws://127.0.0.1:PORT/`,
  `unix:/var/run/docker.sock:/`,
  `data:text/plain,x`,
])('nobody is reached by %s', async (url) => {
  await attack(url.replace('PORT', String(port)));

  expect(hits).toEqual([]);
});

test.each([
  ['this machine', ['127.0.0.1']],
  ['this machine, IPv6', ['::1']],
  ['a mapped address', ['::ffff:127.0.0.1']],
  ['the unspecified address', ['0.0.0.0']],
  ['the metadata service', ['169.254.169.254']],
  ['a private network', ['10.0.0.1']],
  ['an allowed and a refused address', [ALLOWED, '127.0.0.1']],
])('nobody is reached by a name that leads to %s', async (_where, addresses) => {
  await attack(
    `http://names.example:${port}/`,
    resolvingTo(() => addresses),
  );

  expect(hits).toEqual([]);
});

test('nobody is reached by a name that leads elsewhere at each call', async () => {
  const answers = [[ALLOWED], ['127.0.0.1'], [ALLOWED], ['127.0.0.1'], ['::1']];
  const lookup = resolvingTo(() => answers.shift() ?? ['127.0.0.1']);
  for (let call = 0; call < 4; call++) await attack(`http://rebinding.example:${port}/`, lookup);

  expect(hits).toEqual([]);
});

test.each([
  'http://127.0.0.1:PORT/',
  'http://[::1]:PORT/',
  'http://169.254.169.254/',
  'file:///etc/passwd',
  '//127.0.0.1:PORT/',
])('nobody is reached by a redirect to %s', async (target) => {
  redirect = target.replace('PORT', String(port));

  await attack(`http://${ALLOWED}:${(allowed.address() as AddressInfo).port}/`);

  expect(hits).toEqual([]);
});

test('the canary would have sung', async () => {
  await createOutgoing({ allow: ['127.0.0.1'] })({ url: `http://127.0.0.1:${port}/here`, ...LIMITS });

  expect(hits).toEqual([`127.0.0.1:${port}/here`]);
});
