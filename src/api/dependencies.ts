import type { OmnitronClient } from '../clients/omnitron/client.js';
import type { Orchestrator } from '../clients/orchestrator.js';
import type { StockEngineClient } from '../clients/stockEngine.js';
import type { EventType, Subject } from '../domain/events/event.js';
import type { Planner } from '../planner/planner.js';
import type { Metrics } from '../platform/metrics.js';
import type { Logger } from '../platform/log.js';
import type { ConfigurationStore } from '../store/configuration.js';
import type { RecordStore } from '../store/store.js';
import type { RateLimit } from './serve/rateLimit.js';

/** An event about configuration. `sequence` is the version of the object: it counts up without gaps. */
export interface Announcement {
  readonly type: EventType;
  readonly subject: Subject;
  readonly sequence: number;
  readonly data: unknown;
  /** When it happened; now, if it is not given. */
  readonly at?: Date;
}

/** What the API is built from. Everything that reaches outside comes in here. */
export interface ApiDependencies {
  readonly configuration: ConfigurationStore;
  readonly records: RecordStore;
  readonly orchestrator: Orchestrator;
  readonly stockClient: StockEngineClient;
  readonly omnitronClient: OmnitronClient;
  /** Plans outside the event loop. */
  readonly planner: Pick<Planner, 'plan' | 'whyNot'>;
  readonly log: Logger;
  readonly now: () => Date;
  /** An admin key that is valid from the first start without being stored. */
  readonly bootstrapKey?: string;
  /** The `<env>` of new keys: `oms_<env>_...`. */
  readonly keyEnvironment: string;
  /** Why outgoing calls may not go to a URL, as the rest of a sentence about it; null when they may. */
  readonly checkUrl: (url: string) => string | null;
  /** Writes an event and sends it to the endpoints that want it. Repeatable. */
  readonly announce: (event: Announcement) => Promise<void>;
  /** Orders that wait for a scenario may find one now. */
  readonly scenarioPublished: (name: string) => Promise<void>;
  /** The parts that the system needs, each `ok` or what is wrong with it. */
  readonly ready: () => Promise<Readonly<Record<string, string>>>;
  readonly rateLimit?: RateLimit;
  /** Where requests are counted. */
  readonly metrics?: Pick<Metrics, 'http'>;
}
