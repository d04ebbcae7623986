import { startHttpServer, type Answer, type ReceivedRequest } from '../../../support/httpServer.js';

export interface FakePackage {
  state: string;
  version: number;
  location: string;
  items: { sku: string; quantity: number }[];
}

const NEXT: Readonly<Record<string, string>> = {
  release: 'waiting',
  prepare: 'preparing',
  ready: 'ready_for_packaging',
  pack: 'packed',
  ship: 'shipped',
  refuse: 'cancelled',
};

export const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

/** As much of the Command API as an ERP sees, with packages in memory. */
export async function startFakeOms(packages: Record<string, FakePackage>) {
  const commands: { number: string; command: string; key: string; body: unknown }[] = [];
  const answers = new Map<string, Answer>();
  const fake = {
    commands,
    registered: [] as unknown[],
    /** Answers with this instead, while it gives something. */
    outage: (_request: ReceivedRequest): Answer | undefined => undefined,
  };

  const run = (number: string, { headers, body }: ReceivedRequest): Answer => {
    const key = String(headers['idempotency-key']);
    const known = answers.get(key);
    if (known) return known;
    const { command, ...rest } = JSON.parse(body) as { command: string };
    commands.push({ number, command, key, body: rest });
    const parcel = packages[number];
    if (!parcel) return { status: 404, json: {} };
    parcel.state = NEXT[command] ?? parcel.state;
    parcel.version++;
    const answer = { json: { number, ...parcel } };
    answers.set(key, answer);
    return answer;
  };

  const server = await startHttpServer((request) => {
    const outage = fake.outage(request);
    if (outage) return outage;
    const { method, path, query } = request;
    if (path === '/v1/webhook-endpoints') {
      if (method === 'GET') return { json: { items: [], next: null } };
      fake.registered.push(JSON.parse(request.body));
      return { status: 201, json: { id: 'whe_1', secret: SECRET } };
    }
    if (path === '/v1/packages') {
      const items = Object.entries(packages).filter(([, { state }]) => state === query.get('state'));
      return { json: { items: items.map(([number, parcel]) => ({ number, ...parcel })), next: null } };
    }
    const [, number = '', isCommand] = /^\/v1\/packages\/([^/]+)(\/commands)?$/.exec(path) ?? [];
    if (isCommand) return run(number, request);
    const parcel = packages[number];
    return parcel ? { json: { number, ...parcel } } : { status: 404, json: {} };
  });
  return Object.assign(fake, { url: server.url, close: () => server.close() });
}

export type FakeOms = Awaited<ReturnType<typeof startFakeOms>>;
