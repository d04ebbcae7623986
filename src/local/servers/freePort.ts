import { createServer } from 'node:net';

/** A port that was free on 127.0.0.1 a moment ago; `wanted` itself if it is free, and any other if not or 0. */
export async function freePort(wanted = 0): Promise<number> {
  const got = await tryPort(wanted);
  return got ?? freePort();
}

function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
