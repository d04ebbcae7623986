import type { WorkflowState, WorkflowStates } from '../../clients/workflowStates.js';
import { isFinal } from '../../domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE } from '../../domain/lifecycle/packageLifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../domain/lifecycle/transferLifecycle.js';
import { versionKey, type PinnedLifecycle } from '../../domain/lifecycle/pinned.js';
import { packageNumber } from '../../domain/numbers.js';
import type { OrderRecord } from '../../domain/order/order.js';
import type { OrderBooks, SeenWorkflow, Violation } from '../../domain/verify/books.js';
import { checkOrder } from '../../domain/verify/checkOrder.js';
import { sameContent } from '../../platform/fingerprint.js';
import type { ConfigurationStore } from '../../store/configuration.js';
import type { Verification } from '../../store/verification.js';

export interface LookDependencies {
  readonly verification: Verification;
  readonly webhookEndpoints: Pick<ConfigurationStore['webhookEndpoints'], 'enabled'>;
  readonly lifecycles: Pick<ConfigurationStore['lifecycles'], 'pinOf'>;
  readonly workflows: WorkflowStates;
}

/** What is wrong with an order now; nothing when it is gone. */
export async function lookAtOrder(dependencies: LookDependencies, number: string): Promise<Violation[]> {
  const { verification, webhookEndpoints, workflows } = dependencies;
  const books = await verification.order(number, await webhookEndpoints.enabled());
  if (!books) return [];
  const seen = await askWorkflows(workflows, books);
  // A workflow that runs still has its deliveries before it.
  const silent = new Map<string, boolean>();
  for (const { subject } of books.undelivered) {
    if (!silent.has(subject)) silent.set(subject, !(await isRunning(workflows, seen, subject)));
  }
  const undelivered = books.undelivered.filter(({ subject }) => silent.get(subject));
  const lifecycles = await keptLifecycles(dependencies, books);
  return checkOrder({ ...books, workflows: seen, undelivered, lifecycles });
}

const isRunning = async (workflows: WorkflowStates, seen: OrderBooks['workflows'], subject: string) =>
  (seen.get(subject) ?? (await workflows.ask(subject))).isRunning;

type Books = Omit<OrderBooks, 'workflows' | 'lifecycles'>;

async function keptLifecycles({ lifecycles }: LookDependencies, { packages, transfers }: Books) {
  const kept = [...packages, ...transfers].map(({ lifecycle }) => [versionKey(lifecycle), lifecycle] as const);
  const known = new Map<string, PinnedLifecycle>();
  for (const [key, version] of new Map(kept)) {
    const pin = await lifecycles.pinOf(version);
    if (pin) known.set(key, pin);
  }
  return known;
}

/** Of everything unfinished, and of packages that should be recorded. */
async function askWorkflows(workflows: WorkflowStates, books: Books): Promise<Map<string, SeenWorkflow>> {
  const seen = new Map<string, SeenWorkflow>();
  for (const [subject, record] of unfinished(books)) {
    const found = await workflows.ask(subject);
    if (record || found.isRunning) seen.set(subject, { ...found, isRecorded: isSame(found, record) });
  }
  return seen;
}

function unfinished({ order, packages, transfers }: Books): (readonly [string, object | null])[] {
  const { number } = order.order;
  const made = Array.from({ length: order.packageCount }, (_, index) => packageNumber(number, index + 1));
  const isOver = order.state === 'completed' || order.state === 'cancelled';
  return [
    ...(isOver ? [] : [[`order/${number}`, order] as const]),
    ...packages
      .filter(({ state }) => !isFinal(PACKAGE_LIFECYCLE, state))
      .map((parcel) => [`package/${parcel.number}`, parcel] as const),
    ...transfers
      .filter(({ state }) => !isFinal(TRANSFER_LIFECYCLE, state))
      .map((transfer) => [`transfer/${transfer.number}`, transfer] as const),
    ...made
      .filter((name) => !packages.some((parcel) => parcel.number === name))
      .map((name) => [`package/${name}`, null] as const),
  ];
}

export const isSame = ({ state }: WorkflowState, record: object | null): boolean =>
  state !== null && record !== null && sameContent(settled(state), settled(record));

/** How the attempts of a waiting order go is noted beside its workflow. */
function settled(record: object): object {
  const { waiting } = record as Partial<OrderRecord>;
  return waiting ? { ...record, waiting: { reason: waiting.reason, since: waiting.since } } : record;
}
