import type { EventDraft } from '../domain/events/event.js';
import { orderSubject, packageSubject } from '../domain/events/event.js';
import type { Order, OrderRecord } from '../domain/order/order.js';
import { receivedOrder } from '../domain/order/order.js';
import { newPackage, type PackageDraft, type PackageRecord } from '../domain/package/package.js';
import type { WebhookEndpoint } from '../domain/configuration/integrations.js';
import { OmsError } from '../platform/errors.js';
import { sameContent } from '../platform/fingerprint.js';
import { toOrderView } from '../schemas/orderView.js';
import { order as orderSchema } from '../schemas/order.js';
import { toPackageView } from '../schemas/packageView.js';
import type { AuditRepository } from '../store/audit.js';
import type { EventRepository } from '../store/events.js';
import type { OrderRepository } from '../store/orders.js';
import type { PackageRepository } from '../store/packages.js';
import type { QuotaRepository } from '../store/quotas.js';
import { holdKey, type Hold, type ReservationRepository } from '../store/reservations.js';

/** Which endpoint wants which of the events that were just recorded. */
export interface Subscription {
  readonly endpoint: string;
  readonly ordering: WebhookEndpoint['ordering'];
  readonly events: readonly string[];
}

interface Recorded {
  readonly events: readonly EventDraft[];
  /** Workflow time in ms; later writes of the same version win. */
  readonly at: number;
}

export interface RecordDependencies {
  readonly orders: OrderRepository;
  readonly packages: PackageRepository;
  readonly events: EventRepository;
  readonly audit: AuditRepository;
  readonly quotas: QuotaRepository;
  readonly reservations: ReservationRepository;
  /** Endpoints that are enabled now. */
  readonly endpoints: { enabled(): Promise<readonly WebhookEndpoint[]> };
}

export type RecordActivities = ReturnType<typeof createRecordActivities>;

/**
 * The only writers of the read model. Each call writes the record, its events and its effect on the books
 * in that order; every write may be repeated, so a call that was cut short is simply run again.
 */
export function createRecordActivities(store: RecordDependencies) {
  const announce = async (subject: string, order: string, { events, at }: Recorded, data: unknown): Promise<Subscription[]> => {
    if (events.length === 0) return [];
    const timestamp = new Date(at).toISOString();
    const ids = await store.events.append(
      events.map(({ type, sequence }) => ({ type, sequence, subject, timestamp, data, order })),
      at,
    );
    return subscriptions(await store.endpoints.enabled(), events, ids);
  };

  return {
    /**
     * Accepts an order: stores it when it came straight to Temporal and not by the API.
     *
     * @throws {OmsError} `request.unprocessable` for what is no order, `order.number_taken` for a known number.
     */
    async receiveOrder({ order: given, ...recorded }: Recorded & { order: Order }) {
      const parsed = orderSchema.safeParse(given);
      if (!parsed.success) throw new OmsError('request.unprocessable', parsed.error.issues[0]?.message ?? 'not an order');
      const order = parsed.data;
      const { number } = order;
      const inserted = await store.orders.insertReceived(order, new Date(recorded.at));
      if (inserted === 'different') throw new OmsError('order.number_taken', `${number} is the number of another order`);
      const createdAt = (await store.orders.find(number))?.createdAt ?? new Date(recorded.at).toISOString();
      const record = { ...receivedOrder(order, createdAt), version: 1, sequence: recorded.events.length };
      await store.orders.save(record, recorded.at);
      const announcements = await announce(orderSubject(number), number, recorded, toOrderView(record, []));
      // An order by the API is complete already; its content need not go into the history twice.
      return { createdAt, announcements, completed: sameContent(given, order) ? null : order };
    },

    /** `planned` are packages that this step makes and that have not recorded themselves yet. */
    async recordOrder({ record, planned, ...recorded }: Recorded & { record: OrderRecord; planned: readonly PackageDraft[] }) {
      const { number } = record.order;
      await store.orders.save(record, recorded.at);
      if (recorded.events.length === 0) return [];
      const known = await store.packages.ofOrder(number);
      const fresh = planned
        .filter((draft) => !known.some((parcel) => parcel.number === draft.number))
        .map((draft) => newPackage(draft, record.updatedAt));
      return announce(orderSubject(number), number, recorded, toOrderView(record, [...known, ...fresh]));
    },

    /** `release` gives the package's reservation back; `quota` takes or frees its place at the location. */
    async recordPackage({ record, quota, release, ...recorded }: Recorded & {
      record: PackageRecord;
      quota: 'take' | 'free' | 'none';
      release: boolean;
    }) {
      const { number, order, location, items } = record;
      await store.packages.save(record, recorded.at);
      if (release) await store.reservations.release(items.map((item) => holdOf(record, item)));
      if (quota === 'free') await store.quotas.free(location, number);
      if (quota === 'take') await store.quotas.take(location, number, null, new Date(recorded.at));
      return announce(packageSubject(number), order, recorded, toPackageView(record));
    },

    /** A signal has no answer, so what was refused is kept where people can find it. */
    async recordRefusedSignal({ subject, command, detail, at }: {
      subject: string;
      command: { readonly command?: unknown; readonly id?: string; readonly by?: string };
      detail: string;
      at: number;
    }): Promise<void> {
      const name = typeof command.command === 'string' ? command.command : 'unknown';
      await store.audit.add({
        id: `${subject}/${command.id ?? `${name}@${at}`}`,
        at: new Date(at).toISOString(),
        subject,
        command: name,
        by: command.by ?? 'signal',
        outcome: 'refused',
        detail,
      });
    },
  };
}

function holdOf({ number, order, location }: PackageRecord, { id, sku, quantity }: PackageRecord['items'][number]): Hold {
  return { key: holdKey(number, id), location, sku, quantity, order, package: number, item: id };
}

function subscriptions(
  endpoints: readonly WebhookEndpoint[],
  events: readonly EventDraft[],
  ids: readonly string[],
): Subscription[] {
  return endpoints.flatMap(({ id, ordering, eventTypes }) => {
    const wanted = ids.filter((_, index) => {
      const type = events[index]?.type;
      return type !== undefined && (eventTypes.includes('*') || eventTypes.includes(type));
    });
    return wanted.length > 0 ? [{ endpoint: id, ordering, events: wanted }] : [];
  });
}
