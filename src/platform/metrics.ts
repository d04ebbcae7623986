import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a cached read to a carrier that lets us wait. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 8, 30];

/** Whom we call. */
export type Party = 'stock' | 'carrier' | 'invoice' | 'omnitron' | 'webhook';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * What a process counts. Labels have few values: routes, names of activities, parties; never the number of an order.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { registry, ...timings([registry]), ...levels([registry]) };
}

/** What is counted when it happens, with the time that it took. */
function timings(registers: Registry[]) {
  const http = new Histogram({
    name: 'oms_http_request_seconds',
    help: 'Requests to the API, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const activities = new Histogram({
    name: 'oms_activity_seconds',
    help: 'Attempts of activities, by name and outcome (done, failed, later).',
    labelNames: ['activity', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const calls = new Histogram({
    name: 'oms_outgoing_call_seconds',
    help: 'Calls to the outside, by party and outcome (2xx to 5xx, or why there was no answer).',
    labelNames: ['party', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const plans = new Histogram({
    name: 'oms_plan_seconds',
    help: 'Plans of live orders with the wait for a thread, by outcome and whether they are proven to be the best.',
    labelNames: ['outcome', 'proven'],
    buckets: BUCKETS,
    registers,
  });
  return { http, activities, calls, plans };
}

/** How things stand, and what went wrong. */
function levels(registers: Registry[]) {
  const work = new Gauge({
    name: 'oms_work',
    help: 'Orders and packages that are not over, webhook deliveries that are pending or exhausted, by state.',
    labelNames: ['kind', 'state'],
    registers,
  });
  const oldestDelivery = new Gauge({
    name: 'oms_webhook_oldest_pending_seconds',
    help: 'For how long the oldest pending webhook delivery has been pending; 0 when there is none.',
    registers,
  });
  const circuits = new Gauge({
    name: 'oms_circuit_open',
    help: 'Stock engines that this process does not ask at the moment because they failed again and again (1).',
    labelNames: ['engine'],
    registers,
  });
  const unknownCodes = new Gauge({
    name: 'oms_unknown_carrier_codes',
    help: 'Codes that were heard from a carrier and that nobody has said the meaning of.',
    labelNames: ['carrier'],
    registers,
  });
  const sweeps = new Counter({
    name: 'oms_sweep_failures_total',
    help: 'Sweeps that failed, by what they look for.',
    labelNames: ['sweep'],
    registers,
  });
  return { work, oldestDelivery, circuits, unknownCodes, sweeps };
}

/** Tells how a call went. */
export type ObserveCall = (outcome: string, seconds: number) => void;

/** For the client of one party. */
export const callsTo =
  ({ calls }: Pick<Metrics, 'calls'>, party: Party): ObserveCall =>
  (outcome, seconds) =>
    calls.observe({ party, outcome }, seconds);
