import { serveMetrics } from '../../../src/cli/serveMetrics.js';
import { createMetrics } from '../../../src/platform/metrics.js';
import { createLogger } from '../../../src/platform/log.js';
import { countWork } from '../../../src/workers/workMetrics.js';
import { useApi } from './support/api.js';
import { parcel } from './support/orders.js';

const metrics = createMetrics();
const api = useApi({ metrics });
const log = createLogger({ level: 'silent' });
const config = { OMS_METRICS_PORT: 0, OMS_HOST: '127.0.0.1' };

test('requests are counted under their route as it is written, and no path makes a series of its own', async () => {
  await api.get('/v1/packages/R1P1');
  await api.get('/v1/packages/R2P1');
  await api.get('/nowhere/at/all');

  const { values } = await metrics.http.get();
  const counted = values
    .filter(({ metricName }) => metricName === 'oms_http_request_seconds_count')
    .map(({ labels: { route, status, method }, value }) => [method, route, status, value]);

  expect(counted).toEqual([
    ['GET', '/v1/packages/:number', 404, 2],
    ['GET', 'none', 404, 1],
  ]);
});

test('work that is not over is counted by state', async () => {
  const { records, configuration } = api.dependencies();
  await records.packages.save(parcel('R1', 1, { state: 'out_of_stock' }), 1);
  await records.packages.save(parcel('R2', 1, { state: 'delivered' }), 1);
  await records.deliveries.open('w1', [{ id: 'e1', type: 't', subject: 's' }], new Date('2026-11-24T10:00:00Z'));

  await countWork(metrics, { records, configuration }, new Date('2026-11-24T10:01:30Z'));

  const text = await metrics.registry.metrics();
  expect(text).toContain('oms_work{kind="package",state="out_of_stock"} 1');
  expect(text).toContain('oms_work{kind="delivery",state="pending"} 1');
  expect(text).toContain('oms_webhook_oldest_pending_seconds 90');
  expect(text).not.toContain('state="delivered"');
});

test('codes of carriers that nobody has explained are counted, until somebody does', async () => {
  const { records, configuration } = api.dependencies();
  const now = new Date('2026-11-24T10:00:00Z');
  const auth = { type: 'anonymous' as const };
  const swift = {
    ...{ code: 'swift', name: 'Swift', adapter: 'shipment-flow' as const, url: 'https://carrier.example', auth },
    ...{ shippingOptions: [], active: true, priority: 1 },
  };
  await configuration.carriers.create('swift', swift, now);
  for (const rawCode of ['LOST_IT', 'ATE_IT'])
    await records.unknownCodes.note({ carrier: 'swift', rawCode, package: 'R1P1' }, now);
  const counted = async () => {
    await countWork(metrics, { records, configuration }, now);
    return metrics.registry.getSingleMetricAsString('oms_unknown_carrier_codes');
  };

  expect(await counted()).toContain('oms_unknown_carrier_codes{carrier="swift"} 2');
  await configuration.carriers.replace('swift', { ...swift, statuses: { LOST_IT: 'exception' } }, 1, now);
  expect(await counted()).toContain('oms_unknown_carrier_codes{carrier="swift"} 1');
});

test('an engine that is asked has a series before it is ever left alone', async () => {
  const { records, configuration } = api.dependencies();
  const engine = { code: 'erp', url: 'https://erp.example/stock', auth: { type: 'anonymous' as const } };
  const asked = { mode: 'multiple' as const, skuParam: 'sku', timeoutMs: 2_000, maxSkusPerRequest: 100 };
  await configuration.stockEngines.create('erp', { ...engine, ...asked }, new Date());

  await countWork(metrics, { records, configuration }, new Date());

  expect(await metrics.registry.getSingleMetricAsString('oms_circuit_open')).toContain(
    'oms_circuit_open{engine="erp"} 0',
  );
});

test('served on a port of their own, beside the sign of life; a port that is taken stops nobody', async () => {
  const { createServer } = await import('node:http');
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };

  const without = await serveMetrics({ metrics, log, config: { ...config, OMS_METRICS_PORT: port } });
  await without.close();
  await new Promise((resolve) => taken.close(resolve));
  const served = await serveMetrics({ metrics, log, config: { ...config, OMS_METRICS_PORT: port } });

  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect((await at('/healthz')).status).toBe(200);
  expect((await at('/else')).status).toBe(404);
  const answer = await at('/metrics');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await answer.text()).toMatch(/# TYPE oms_http_request_seconds histogram/);
  await served.close();
});
