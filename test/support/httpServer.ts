import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A small real server on a free loopback port; `answer` decides what each request gets. */
export async function startHttpServer(
  answer: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<HttpServer> {
  const server = createServer((request, response) => void reply(request, response, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const received = {
    method: request.method ?? '',
    path,
    query,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
  const { status = 200, json, text, headers = {} } = await answer(received);
  response.writeHead(status, { 'content-type': json === undefined ? 'text/plain' : 'application/json', ...headers });
  response.end(json === undefined ? (text ?? '') : JSON.stringify(json));
}
