import { createServer } from 'node:http';

import type { Config } from '../platform/config.js';
import type { Logger } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';

interface Metering {
  readonly metrics: Pick<Metrics, 'registry'>;
  readonly log: Pick<Logger, 'warn'>;
  readonly config: Pick<Config, 'OMS_METRICS_PORT' | 'OMS_HOST'>;
}

/**
 * `/metrics` and `/healthz` of a process, on a port of their own. Where another process has it, as on a machine with several,
 * this one goes on without: work does not stand still for its figures.
 */
export async function serveMetrics({
  metrics: { registry },
  log,
  config,
}: Metering): Promise<{ close(): Promise<void> }> {
  const { OMS_METRICS_PORT: port, OMS_HOST: host } = config;
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return void response.writeHead(200).end('ok\n');
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const isServing = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, host, () => resolve(true));
  });
  if (!isServing) log.warn({ port }, 'another process has OMS_METRICS_PORT; this one serves no /metrics');
  return {
    close: () =>
      new Promise((resolve) => {
        if (!isServing) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
