import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// Runs as a process of its own, since receivers are other people's machines: what they do must not slow down who delivers.

/** How long the slow one takes, in ms. */
const SLOW_MS = 5_000;
const TELL_EVERY_MS = 50;

/** What this process tells, once. */
export interface ReceiversStarted {
  readonly well: readonly string[];
  /** Well, but nobody looks at what arrives there. */
  readonly more: readonly string[];
  readonly dead: string;
  readonly slow: string;
}

/** And then again and again: what has arrived at those that are well, as id of the event and ms since 1970. */
export type Arrivals = readonly (readonly [event: string, at: number])[];

const arrived: [string, number][] = [];

/** `dead` takes connections and never answers. */
async function startReceiver(health: 'well' | 'more' | 'dead' | 'slow'): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (health === 'well')
        arrived.push([String(request.headers['webhook-id']), performance.timeOrigin + performance.now()]);
      if (health === 'well' || health === 'more') response.writeHead(204).end();
      if (health === 'slow') setTimeout(() => response.writeHead(204).end(), SLOW_MS);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function main(): Promise<void> {
  const well = await Promise.all([startReceiver('well'), startReceiver('well'), startReceiver('well')]);
  const more = await Promise.all([startReceiver('more'), startReceiver('more')]);
  const started: ReceiversStarted = {
    well,
    more,
    dead: await startReceiver('dead'),
    slow: await startReceiver('slow'),
  };
  process.send?.(started);
  setInterval(() => arrived.length > 0 && process.send?.(arrived.splice(0) satisfies Arrivals), TELL_EVERY_MS);
  process.on('disconnect', () => process.exit());
}

void main();
