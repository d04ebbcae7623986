import type { EventBody } from '../../domain/events/event.js';
import type { LifecycleVersion, PackageLifecycle } from '../../domain/lifecycle/pinned.js';
import { PACKAGE_STATES, type PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import { omnitronKeys } from '../../domain/omnitron/omnitronKeys.js';
import { tellPackage, type PackageNews } from '../../domain/omnitron/toldPackage.js';
import type { RecordStore } from '../../store/store.js';

/** Where we are in the event log. */
const EVENTS = 'events';
const AT_ONCE = 500;
const ATTEMPTS = 5;

type Records = Pick<RecordStore, 'events' | 'orders' | 'omnitronReports' | 'omnitronPulls'>;

/** The table that a package goes by says which of its transitions are told. */
interface Lifecycles {
  packageTable(of: LifecycleVersion): Promise<PackageLifecycle>;
}

interface VersionedNews extends PackageNews {
  readonly lifecycle: LifecycleVersion;
}

interface OrderNews {
  readonly packages: VersionedNews[];
}

/**
 * Reads on in the event log, and makes every order of Omnitron's due of which something happened. A page that is read
 * twice, after a crash or by two processes, brings nothing new the second time.
 *
 * @returns whether there may be more.
 */
export async function readNews(records: Records, lifecycles: Lifecycles, now: Date): Promise<boolean> {
  const { events, omnitronPulls } = records;
  const position = await omnitronPulls.position(EVENTS);
  const page = await events.read({ limit: AT_ONCE, ...(position !== '' && { after: position }) });
  for (const [number, news] of newsByOrder(page.items)) await note(records, lifecycles, number, news, now);
  if (page.next !== position) await omnitronPulls.move(EVENTS, page.next, now);
  return page.items.length === AT_ONCE;
}

function newsByOrder(events: readonly EventBody[]): Map<string, OrderNews> {
  const byOrder = new Map<string, OrderNews>();
  const of = (number: string): OrderNews => {
    const news = byOrder.get(number) ?? { packages: [] };
    byOrder.set(number, news);
    return news;
  };
  for (const { subject, type, sequence, data } of events) {
    const [kind, number = ''] = subject.split('/');
    if (kind === 'package') {
      const { order, state, lifecycle } = data as { order: string; state: PackageState; lifecycle: LifecycleVersion };
      if (Object.hasOwn(PACKAGE_STATES, state)) of(order).packages.push({ number, sequence, state, lifecycle });
    } else if (type === 'order.completed' || type === 'order.cancelled') {
      of(number);
    }
  }
  return byOrder;
}

async function note(
  records: Records,
  lifecycles: Lifecycles,
  number: string,
  news: OrderNews,
  now: Date,
): Promise<void> {
  const order = await records.orders.find(number);
  if (!order || !omnitronKeys(order.order)) return;
  const { omnitronReports: reports } = records;
  const told = await Promise.all(
    news.packages.map(async (one) => ({ ...one, table: await lifecycles.packageTable(one.lifecycle) })),
  );
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await reports.find(number);
    const before = known?.packages ?? [];
    const after = told.reduce((list, { table, number: parcel, sequence, state }) => {
      return tellPackage(list, { number: parcel, sequence, state }, table);
    }, before);
    if (known && after === before && news.packages.length > 0) return;
    if (await reports.note(number, known, after, now)) return;
  }
}
