import { setInterval } from 'node:timers';

import { NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';

import { announceNotices } from '../api/webhookEndpoints/announceNotices.js';
import { createWebhookActivities } from '../activities/webhooks.js';
import { createCarrierClient } from '../clients/carriers/carrierClient.js';
import { createInvoiceClient } from '../clients/invoiceService.js';
import { batchInquiries } from '../clients/batchedInquiries.js';
import { withBreaker } from '../clients/stockBreaker.js';
import { createStockEngineClient } from '../clients/stockEngine.js';
import { createWebhookSender } from '../clients/webhookSender.js';
import { createActivities, webhookStores } from '../workers/activities.js';
import { workflowBundle } from '../workers/bundle.js';
import { sweepIntake } from '../workers/intakeSweep.js';
import { startOmnitronLoop } from '../workers/omnitron/omnitronLoop.js';
import { measuredPlanner } from '../workers/measuredPlanner.js';
import { sweepPackages } from '../workers/packageSweep.js';
import { callsTo } from '../platform/metrics.js';
import { countWork } from '../workers/workMetrics.js';
import { sweepTrials } from '../workers/trialSweep.js';
import { startWorkers } from '../workers/runWorkers.js';
import { TASK_QUEUE } from '../workflows/messages.js';
import { createAnnounce } from './announce.js';
import type { Runtime } from './runtime.js';
import { installTemporalRuntime } from './temporalRuntime.js';

const SWEEP_EVERY_MS = 30_000;

export interface Work {
  readonly taskQueue: string;
  /** Rejects when a worker fails. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The workers of this process with everything that they call.
 *
 * @param bundle The workflows; those of the build when it is not given.
 * @param taskQueue Where they find their work.
 */
export async function startWork(
  runtime: Runtime,
  bundle?: WorkflowBundleOption,
  taskQueue: string = TASK_QUEUE,
): Promise<Work> {
  const { config, configuration, records, log, planner, metrics } = runtime;
  installTemporalRuntime(log);
  const connection = await NativeConnection.connect(runtime.temporalOptions);
  const allow = config.OMS_EGRESS_ALLOW;
  const now = () => new Date();
  const workers = await startWorkers({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue,
    metrics,
    bundle: bundle ?? (await workflowBundle()),
    activities: {
      ...createActivities({
        records,
        configuration,
        stockClient: { inquire: stockInquiries(runtime) },
        carrierClient: createCarrierClient({ allow, observe: callsTo(metrics, 'carrier') }),
        invoiceClient: createInvoiceClient({ allow, observe: callsTo(metrics, 'invoice') }),
        planner: measuredPlanner(planner, metrics),
        now,
      }),
      ...createWebhookActivities({
        ...webhookStores({ records, configuration }),
        sender: createWebhookSender({ allow, observe: callsTo(metrics, 'webhook') }),
        now,
        random: Math.random,
      }),
    },
  });
  const { orchestrator } = runtime;
  const omnitron = startOmnitronLoop({
    ...{ records, configuration, orchestrator, allow, log, now },
    observe: callsTo(metrics, 'omnitron'),
  });
  void countWork(metrics, runtime, now()).catch((error: unknown) => log.warn({ err: error }, 'work was not counted'));
  const timer = setInterval(() => void sweep(runtime), SWEEP_EVERY_MS);
  return {
    taskQueue,
    ended: workers.ended,
    stop: async () => {
      clearInterval(timer);
      await omnitron.stop();
      await workers.stop();
      await connection.close();
    },
  };
}

/** Inquiries of different orders together, and none while the engine is left alone. */
function stockInquiries({ config, configuration, records, metrics, log }: Runtime) {
  const { wait: pace } = configuration.requestPace;
  const { take: slot } = configuration.requestSlots;
  const observe = callsTo(metrics, 'stock');
  const { inquire } = createStockEngineClient({ allow: config.OMS_EGRESS_ALLOW, pace, slot, observe });
  const guarded = withBreaker(inquire, {
    now: () => new Date(),
    changed: (engine, health) => {
      metrics.circuits.set({ engine }, health.state === 'open' ? 1 : 0);
      log.warn({ engine, ...health }, health.state === 'open' ? 'a stock engine is left alone' : 'it is asked again');
      records.engineHealth
        .note(engine, health, new Date())
        .catch((error: unknown) => log.error({ err: error }, 'not noted'));
    },
  });
  return batchInquiries(guarded);
}

/** What nobody else would find. The sweeps know nothing of each other, and one that fails leaves the others alone. */
async function sweep(runtime: Runtime): Promise<void> {
  const { records, configuration, orchestrator, log, metrics } = runtime;
  const now = new Date();
  const { packages, orders, trials, reservations } = records;
  const sweeps: Record<string, () => Promise<unknown>> = {
    'orders whose intake was cut off': async () => {
      const begun = await sweepIntake({ orders, orchestrator }, now);
      if (begun > 0) log.warn({ begun }, 'orders were begun whose intake had been cut off');
    },
    trials: () => sweepTrials({ trials, orchestrator }, now),
    'packages that nobody touches': () =>
      sweepPackages({ packages, settings: configuration.settings, orchestrator }, now),
    'what happened to webhook endpoints': () =>
      announceNotices({ configuration, records, announce: createAnnounce(runtime) }),
    'reservations that were kept after packing': () => reservations.endKept(now),
    'work that there is': () => countWork(metrics, runtime, now),
  };
  await Promise.all(
    Object.entries(sweeps).map(([of, run]) =>
      run().catch((error: unknown) => {
        metrics.sweeps.inc({ sweep: of });
        log.error({ err: error }, `the sweep of ${of} failed`);
      }),
    ),
  );
}
