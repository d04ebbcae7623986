import { Webhook } from 'standardwebhooks';

import { workOff, type ErpManners } from './erpWork.js';
import { registerEndpoint } from './erpRegistration.js';
import { withFaults } from './faults.js';
import { readObject, startLoopbackServer, type Asked, type Reply, type Simulator } from './loopbackServer.js';
import { createOmsApi, type OmsAccess, type OmsApi } from './omsApi.js';

export interface ErpOptions extends ErpManners {
  readonly oms: OmsAccess;
  readonly port?: number;
}

export interface Erp extends Simulator {
  /** What it has seen and done so far. */
  readonly counts: { received: number; repeated: number; unsigned: number; commands: number; refusals: number };
}

/** States in which the store's software has something to do. */
const OPEN = ['waiting_remote_action', 'waiting', 'preparing', 'ready_for_packaging', 'packed'];

/**
 * The store and warehouse software of a brand: it hears of packages by webhook, checks signature and id, and
 * works every package off by commands: prepare, ready, pack, ship. What is parked or shipped is not its work. `/control`
 * has it fail as a receiver.
 */
export async function startErp(options: ErpOptions): Promise<Erp> {
  const ending = new AbortController();
  const api = createOmsApi(options.oms, ending.signal);
  const counts = { received: 0, repeated: 0, unsigned: 0, commands: 0, refusals: 0 };
  const heard = new Set<string>();
  const desk = createDesk((number) => workOff(api, number, options, counts, ending.signal), ending.signal);
  const registration: { secret?: string } = {};

  const answer = (asked: Asked): Reply => {
    if (asked.method === 'GET' && asked.path === '/') return { status: 200, body: counts };
    if (asked.method !== 'POST' || asked.path !== '/webhooks') return { status: 404 };
    // Before the answer to the registration nothing can be checked; the sender tries again.
    if (registration.secret === undefined) return { status: 503 };
    return hear(asked, registration.secret);
  };
  const server = await startLoopbackServer(withFaults(answer), options.port);

  const hear = (asked: Asked, signedWith: string): Reply => {
    const id = String(asked.headers['webhook-id']);
    if (!isSigned(asked, signedWith)) {
      counts.unsigned++;
      return { status: 401 };
    }
    counts.received++;
    if (heard.has(id)) counts.repeated++;
    else desk.put(packageIn(asked.body));
    heard.add(id);
    return { status: 204 };
  };

  registration.secret = await registerEndpoint(api, `${server.url}/webhooks`);
  // What came while this program was not running.
  for (const number of await openPackages(api)) desk.put(number);
  return {
    url: server.url,
    counts,
    stop: async () => {
      ending.abort();
      await Promise.all([server.stop(), desk.cleared()]);
    },
  };
}

function isSigned({ body, headers }: Asked, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Number of the package that an event is about; undefined for all other events. */
function packageIn(body: string): string | undefined {
  const { subject, data } = readObject(body) ?? {};
  if (typeof subject !== 'string' || !subject.startsWith('package/')) return undefined;
  return (data as { number?: string }).number;
}

/** One piece of work at a time for each package; news that comes meanwhile has it looked at again. */
function createDesk(work: (number: string) => Promise<void>, ending: AbortSignal) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const run = async (number: string): Promise<void> => {
    do {
      again.delete(number);
      await work(number);
    } while (again.has(number) && !ending.aborted);
  };
  return {
    put: (number: string | undefined): void => {
      if (number === undefined || ending.aborted) return;
      if (running.has(number)) {
        again.add(number);
        return;
      }
      const done = run(number)
        // The end of the program is the only reason to leave work undone.
        .catch(() => undefined)
        .finally(() => running.delete(number));
      running.set(number, done);
    },
    cleared: (): Promise<unknown> => Promise.all(running.values()),
  };
}

async function openPackages(api: OmsApi): Promise<string[]> {
  const numbers: string[] = [];
  for (const state of OPEN) {
    let cursor = '';
    do {
      const { body } = await api('GET', `/packages?state=${state}&limit=200${cursor}`);
      const { items, next } = body as { items: { number: string }[]; next: string | null };
      numbers.push(...items.map(({ number }) => number));
      cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== '');
  }
  return numbers;
}
