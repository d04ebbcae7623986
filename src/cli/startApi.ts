import { createApp } from '../api/app.js';
import type { ApiDependencies } from '../api/dependencies.js';
import { listen, type Listening } from '../api/listen.js';
import { announceMissedLocations } from '../api/locations/announceLocations.js';
import { checkUrl } from '../clients/egress.js';
import { createOmnitronClient } from '../clients/omnitron/client.js';
import { createStockEngineClient } from '../clients/stockEngine.js';
import { callsTo } from '../platform/metrics.js';
import { createAnnounce } from './announce.js';
import type { Runtime } from './runtime.js';

/** Orders that are woken at once when a scenario is published. */
const WOKEN_AT_ONCE = 1_000;

/** Serves the API of this process. `keyEnvironment` is the `<env>` of the keys that it makes. */
export async function startApi(runtime: Runtime, keyEnvironment: string): Promise<Listening> {
  const { config, configuration, records, orchestrator, planner, log, database, pingTemporal, metrics } = runtime;
  const { OMS_BOOTSTRAP_KEY: bootstrapKey, OMS_EGRESS_ALLOW: allow } = config;
  const dependencies: ApiDependencies = {
    configuration,
    records,
    orchestrator,
    planner,
    stockClient: createStockEngineClient({
      allow,
      pace: configuration.requestPace.wait,
      slot: configuration.requestSlots.take,
      observe: callsTo(metrics, 'stock'),
    }),
    omnitronClient: createOmnitronClient({ allow, observe: callsTo(metrics, 'omnitron') }),
    log,
    metrics,
    now: () => new Date(),
    ...(bootstrapKey === undefined ? {} : { bootstrapKey }),
    keyEnvironment,
    checkUrl: (url) => checkUrl(url, allow),
    announce: createAnnounce(runtime),
    scenarioPublished: async () => {
      const waiting = await records.orders.waitingFor('no_scenario', WOKEN_AT_ONCE);
      await Promise.all(waiting.map((number) => orchestrator.wakeOrder(number, 'a scenario was published')));
    },
    ready: async () => ({
      mongodb: await answers(() => database.db?.command({ ping: 1 })),
      temporal: await answers(pingTemporal),
    }),
  };
  // What an earlier process changed and did not live to tell.
  await announceMissedLocations(dependencies);
  return listen(createApp(dependencies), { host: config.OMS_HOST, port: config.OMS_PORT });
}

async function answers(ask: () => Promise<unknown> | undefined): Promise<string> {
  try {
    await ask();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
