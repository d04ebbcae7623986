import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running simulator. */
export interface Simulator {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  /** Sent as JSON; a string is sent as it is, with `type`. */
  readonly body?: unknown;
  readonly type?: string;
  /** What was asked is done, but the connection is cut instead of an answer. */
  readonly isLost?: boolean;
}

const LONGEST_BODY_BYTES = 1_048_576;

/**
 * An HTTP server for this machine only.
 *
 * @param port a free one when absent.
 */
export async function startLoopbackServer(
  answer: (asked: Asked) => Reply | Promise<Reply>,
  port = 0,
): Promise<Simulator> {
  const server = createServer((request, response) => void reply(request, response, answer));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Reply | Promise<Reply>,
): Promise<void> {
  try {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const asked = { method: request.method ?? 'GET', path, query, headers: request.headers };
    send(response, await answer({ ...asked, body: await readBody(request) }));
  } catch {
    // A caller that went away, or a fault of the simulator: either way there is nothing to say.
    if (!response.headersSent) send(response, { status: 500, body: { message: 'the simulator failed' } });
    else response.destroy();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LONGEST_BODY_BYTES) throw new Error('the body is too long');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, type = 'text/plain', isLost = false }: Reply): void {
  if (isLost) {
    response.destroy();
  } else if (body === undefined) {
    response.writeHead(status).end();
  } else if (typeof body === 'string') {
    response.writeHead(status, { 'content-type': type }).end(body);
  } else {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

/** The object in a JSON body; null when it is none. */
export function readObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Whether a request carries these credentials as HTTP Basic; without a login everybody may ask. */
export function isAllowed({ headers }: Asked, login: Login | undefined): boolean {
  if (!login) return true;
  return headers.authorization === `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}
