import type { Model } from 'mongoose';

import type { OrderBooks, ReceivedLine, SeenEvent } from '../domain/verify/books.js';
import type { QuotaBooks } from '../domain/verify/quota.js';
import type { StockBooks } from '../domain/verify/stock.js';
import { occupiesQuota, PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import type { WebhookEndpointRecord } from './webhookEndpoints.js';
import { claimantsOf } from './claimants.js';
import { ownFilter } from './ownFilter.js';
import type { StoredEvent } from './eventModel.js';
import type { Hold, StockPage } from './stockBook.js';
import type { RecordStore } from './store.js';

export type Verification = ReturnType<typeof createVerification>;

/** Reads what is to be verified, a part at a time; writes nothing. */
export function createVerification(records: RecordStore) {
  return {
    orderNumbers: () => ids(records.orders.model),
    stockPages: () => ids(records.reservations.model),
    /** Every location that has a counter or an open package. */
    locations: async (): Promise<string[]> => {
      const [counters, open] = await Promise.all([
        records.quotas.model.distinct('_id'),
        records.packages.model.distinct('location', ownFilter({ state: { $in: OPEN } })),
      ]);
      return [...new Set([...counters, ...open])].sort();
    },

    /** Everything written about one order; null when there is none. */
    order: (number: string, endpoints: readonly WebhookEndpointRecord[]) => readOrder(records, number, endpoints),

    stock: (page: string) => readStock(records, page),
    quota: (location: string) => readQuota(records, location),

    /** Orders that have holds in a page of the stock book and do not exist. */
    strayHolders: async (page: string): Promise<string[]> => {
      const found = await records.reservations.model.findById(page, { 'holds.order': 1 }).lean<StockPage>();
      const orders = [...new Set((found?.holds ?? []).map(({ order }) => order))];
      const known = await records.orders.model.find(ownFilter({ _id: { $in: orders } }), { _id: 1 }).lean();
      return orders.filter((order) => !known.some(({ _id }) => _id === order));
    },

    /** Packages that belong to no order. */
    strays: async function* (): AsyncGenerator<{ readonly order: string; readonly object: string }> {
      const { orders, packages } = records;
      for await (const { _id, order } of packages.model
        .find({}, { order: 1 })
        .lean<{ _id: string; order: string }>()
        .cursor()) {
        if (!(await orders.model.exists({ _id: order }))) yield { order, object: `package/${_id}` };
      }
    },
  };
}

const KEPT_HOLDS_END_WITHIN_MS = 60_000;

/** In the order of their ids, in batches of the driver: memory does not grow with the collection. */
async function* ids<Stored extends { _id: string }>(model: Model<Stored>): AsyncGenerator<string> {
  const found = model.find({}, { _id: 1 }).sort({ _id: 1 }).lean<{ _id: string }>().cursor();
  for await (const { _id } of found) yield _id;
}

async function readOrder(
  records: RecordStore,
  number: string,
  endpoints: readonly WebhookEndpointRecord[],
): Promise<Omit<OrderBooks, 'workflows' | 'lifecycles'> | null> {
  // Holds before what needs them: one that is given back meanwhile is then not missed.
  const taken: readonly (Hold & { readonly until?: string })[] = await records.reservations.ofOrder(number);
  // Kept on purpose after packing, and given back within a minute of that time.
  const overdue = new Date(Date.now() - KEPT_HOLDS_END_WITHIN_MS).toISOString();
  const holds = taken.filter(({ until }) => until === undefined || until < overdue);
  const [order, claimants, events] = await Promise.all([
    records.orders.find(number),
    claimantsOf(records, number),
    eventsOf(records, number),
  ]);
  if (!order) return null;
  const subjects = [
    `order/${number}`,
    ...claimants.packages.map((parcel) => `package/${parcel.number}`),
    ...claimants.transfers.map((transfer) => `transfer/${transfer.number}`),
  ];
  const commands = await records.audit.commandsOf(subjects);
  const received = events.find(({ type }) => type === 'order.received')?.lines ?? null;
  const undelivered = await undeliveredOf(records, events, endpoints);
  return { order, ...claimants, holds, events, received, commands, undelivered };
}

type LeanEvent = Pick<StoredEvent, '_id' | 'subject' | 'sequence' | 'type' | 'timestamp'> & {
  readonly data?: { readonly state?: unknown; readonly lines?: readonly ReceivedLine[] };
};

interface KnownEvent extends SeenEvent {
  readonly id: string;
  readonly timestamp: string;
  /** Of an order. */
  readonly lines: readonly ReceivedLine[] | null;
}

const LINE_FIELDS = { 'data.lines.id': 1, 'data.lines.sku': 1, 'data.lines.quantity': 1 };

async function eventsOf({ events }: RecordStore, order: string): Promise<KnownEvent[]> {
  const fields = { subject: 1, sequence: 1, type: 1, timestamp: 1, 'data.state': 1, ...LINE_FIELDS };
  const found = await events.model.find({ order }, fields).lean<LeanEvent[]>();
  return found.map(({ _id: id, subject, sequence, type, timestamp, data }) => {
    const state = typeof data?.state === 'string' ? data.state : null;
    return { id, subject, sequence, type, timestamp, state, lines: data?.lines ?? null };
  });
}

/** What an endpoint wants that has not changed since; whether its workflow will still send it is another question. */
async function undeliveredOf(
  { deliveries }: RecordStore,
  events: readonly KnownEvent[],
  endpoints: readonly WebhookEndpointRecord[],
): Promise<OrderBooks['undelivered']> {
  if (endpoints.length === 0 || events.length === 0) return [];
  const found = await deliveries.model
    .find(ownFilter({ event: { $in: events.map(({ id }) => id) } }), { _id: 1 })
    .lean<{ _id: string }[]>();
  const known = new Set(found.map(({ _id }) => _id));
  return endpoints.flatMap(({ id: endpoint, eventTypes, updatedAt }) =>
    events
      .filter(({ type }) => eventTypes.includes('*') || eventTypes.some((wanted) => wanted === type))
      .filter(({ timestamp, id }) => timestamp > updatedAt && !known.has(`${endpoint}.${id}`))
      .map(({ id: event, subject }) => ({ subject, event, endpoint })),
  );
}

/** Which holds plans took, and with what limit; holds that a person or a transfer brought have none. */
async function readStock({ reservations, decisions }: RecordStore, _id: string): Promise<StockBooks | null> {
  const page = await reservations.model.findById(_id).lean();
  if (!page) return null;
  const limits = new Map<string, { readonly limit: number; readonly planned: number }>();
  for (const order of new Set(page.holds.map((hold) => hold.order))) {
    const made = await decisions.model.find({ order }, { 'plan.claims.holds': 1 }).lean<
      {
        plan: {
          claims: { holds: { key: string; sku: string; location: string; quantity: number; limit: number }[] };
        } | null;
      }[]
    >();
    for (const { key, limit, quantity: planned, ...claim } of made.flatMap(({ plan }) => plan?.claims.holds ?? [])) {
      if (claim.sku === page.sku && claim.location === page.location) limits.set(key, { limit, planned });
    }
  }
  const { location, sku, reserved, holds } = page;
  return {
    ...{ location, sku, reserved },
    holds: holds.map(({ key, quantity }) => {
      const taken = limits.get(key);
      const isLimited = taken !== undefined && taken.limit < Number.MAX_SAFE_INTEGER;
      return { key, quantity, ...(isLimited ? taken : { limit: null }) };
    }),
  };
}

const OPEN = (Object.keys(PACKAGE_STATES) as PackageState[]).filter(occupiesQuota);

async function readQuota(records: RecordStore, location: string): Promise<QuotaBooks> {
  const counter = await records.quotas.model.findById(location).lean();
  const open = await records.packages.model
    .find(ownFilter({ location, state: { $in: OPEN } }), { _id: 1 })
    .lean<{ _id: string }[]>();
  const packages = open.map(({ _id }) => _id);
  const counted = counter?.packages ?? [];
  const planned = new Set<string>();
  // A place is taken before the package is recorded.
  for (const number of counted.filter((one) => !packages.includes(one)).slice(0, 1_000)) {
    if (await isPlanned(records, number)) planned.add(number);
  }
  return { location, open: counter?.open ?? 0, counted, packages, planned };
}

async function isPlanned(records: RecordStore, number: string): Promise<boolean> {
  if (await records.packages.model.exists({ _id: number })) return false;
  const { planned } = await claimantsOf(records, number.replace(/P\d+$/, ''));
  return [...planned].some((key) => key.startsWith(`${number}/`) || key.startsWith(`${number}T`));
}
