import { setTimeout as pause } from 'node:timers/promises';

import { createOmnitronClient } from '../../clients/omnitron/client.js';
import type { Orchestrator } from '../../clients/orchestrator.js';
import { OMNITRON, type OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { OmsError } from '../../platform/errors.js';
import type { ObserveCall } from '../../platform/metrics.js';
import type { Logger } from '../../platform/log.js';
import type { ConfigurationStore } from '../../store/configuration.js';
import type { RecordStore } from '../../store/store.js';
import { pullCancellations } from './cancellations.js';
import { pullOrders } from './pullOrders.js';
import { readNews } from './readNews.js';
import { reportOrder } from './reportOrder.js';

export interface OmnitronLoopDependencies {
  readonly records: RecordStore;
  readonly configuration: ConfigurationStore;
  readonly orchestrator: Orchestrator;
  /** CIDR ranges that may be reached although they are not public. */
  readonly allow: readonly string[];
  /** Is told how each call went. */
  readonly observe?: ObserveCall;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface OmnitronLoop {
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;
/** An order is reported by one process at a time; one that died gives it free after this. */
const LEASE_MS = 120_000;
const REPORTS_AT_ONCE = 4;
const REPORTS_A_TURN = 100;

/**
 * Everything that we do at Omnitron by ourselves: report how orders get on, fetch orders and cancellation requests.
 * Runs in every worker process; what must be done by one is taken by a conditional write.
 */
export function startOmnitronLoop(dependencies: OmnitronLoopDependencies): OmnitronLoop {
  const ending = new AbortController();
  const turn = createOmnitronTurn(dependencies);
  const run = async () => {
    while (!ending.signal.aborted) {
      await turn();
      await pause(EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: () => {
      ending.abort();
      return running;
    },
  };
}

/** One turn of the loop. A part that fails leaves the others alone and is tried again in the next turn. */
export function createOmnitronTurn(dependencies: OmnitronLoopDependencies): () => Promise<void> {
  const { configuration, allow, observe, log } = dependencies;
  const client = createOmnitronClient({ allow, ...(observe && { observe }) });
  const attempt = async (what: string, part: () => Promise<unknown>) => {
    try {
      await part();
    } catch (error) {
      const isForeseen = error instanceof OmsError;
      if (isForeseen) log.warn({ detail: error.detail }, `${what} did not get through`);
      else log.error({ err: error }, `${what} failed`);
    }
  };
  return async () => {
    await attempt('the work with Omnitron', async () => {
      const connection = await configuration.omnitron.find(OMNITRON);
      if (connection?.url === undefined) return;
      if (connection.synchronise) {
        await attempt('reading the event log for Omnitron', () => readAll(dependencies));
        await attempt('reporting to Omnitron', () => reportDue(dependencies, client, connection));
      }
      if (connection.pull.enabled) await pull(dependencies, client, connection, attempt);
    });
  };
}

async function readAll({ records, configuration, now }: OmnitronLoopDependencies): Promise<void> {
  while (await readNews(records, configuration.lifecycles, now()));
}

type Client = ReturnType<typeof createOmnitronClient>;

/** Several orders side by side, each by one process. */
async function reportDue(
  { records, configuration, now }: OmnitronLoopDependencies,
  client: Client,
  connection: OmnitronConnection,
): Promise<void> {
  let left = REPORTS_A_TURN;
  const reasons = configuration.cancellationReasons;
  const work = async () => {
    while (left-- > 0) {
      const report = await records.omnitronReports.claim(now(), LEASE_MS);
      if (!report) return;
      await reportOrder({ records, client, reasons, now }, connection, report);
    }
  };
  // All of them to their end, so that nothing goes on behind a turn that is over.
  const ends = await Promise.allSettled(Array.from({ length: REPORTS_AT_ONCE }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function pull(
  { records, configuration, orchestrator, log, now }: OmnitronLoopDependencies,
  client: Client,
  connection: OmnitronConnection,
  attempt: (what: string, part: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { omnitronPulls: pulls, orders } = records;
  if (!(await pulls.isTurn('pull', connection.pull.everySeconds * 1_000, now()))) return;
  const { locations, settings, omnitron, cancellationReasons: reasons } = configuration;
  const warn = (number: string, warnings: readonly string[]) => log.warn({ number, warnings }, 'an odd order');
  await attempt('fetching orders of Omnitron', () =>
    pullOrders(
      { orders, orchestrator, now, connection: omnitron, locations, settings, warn, client, pulls },
      connection,
    ),
  );
  await attempt('fetching cancellation requests of Omnitron', () =>
    pullCancellations({ client, records, reasons, orchestrator, now }, connection),
  );
}
