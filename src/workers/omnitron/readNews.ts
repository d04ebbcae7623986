import type { EventBody } from '../../domain/events/event.js';
import type { PackageLifecycle } from '../../domain/lifecycle/pinned.js';
import { PACKAGE_LIFECYCLE, PACKAGE_STATES, type PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import { omnitronKeys } from '../../domain/omnitron/omnitronKeys.js';
import { tellPackage, type PackageNews } from '../../domain/omnitron/toldPackage.js';
import type { RecordStore } from '../../store/store.js';

/** Where we are in the event log. */
const EVENTS = 'events';
const AT_ONCE = 500;
const ATTEMPTS = 5;

type Records = Pick<RecordStore, 'events' | 'orders' | 'omnitronReports' | 'omnitronPulls'>;

interface OrderNews {
  readonly packages: PackageNews[];
}

/**
 * Reads on in the event log, and makes every order of Omnitron's due of which something happened. A page that is read
 * twice, after a crash or by two processes, brings nothing new the second time.
 *
 * @returns whether there may be more.
 */
export async function readNews(records: Records, now: Date): Promise<boolean> {
  const { events, omnitronPulls } = records;
  const position = await omnitronPulls.position(EVENTS);
  const page = await events.read({ limit: AT_ONCE, ...(position !== '' && { after: position }) });
  for (const [number, news] of newsByOrder(page.items)) await note(records, number, news, now);
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
      const { order, state } = data as { order: string; state: PackageState };
      if (Object.hasOwn(PACKAGE_STATES, state)) of(order).packages.push({ number, sequence, state });
    } else if (type === 'order.completed' || type === 'order.cancelled') {
      of(number);
    }
  }
  return byOrder;
}

async function note(records: Records, number: string, news: OrderNews, now: Date): Promise<void> {
  const order = await records.orders.find(number);
  if (!order || !omnitronKeys(order.order)) return;
  const { omnitronReports: reports } = records;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await reports.find(number);
    const before = known?.packages ?? [];
    const after = news.packages.reduce((told, one) => tellPackage(told, one, lifecycleOf()), before);
    if (known && after === before && news.packages.length > 0) return;
    if (await reports.note(number, known, after, now)) return;
  }
}

/** Until brands can publish their own, every package has the default life cycle. */
const lifecycleOf = (): PackageLifecycle => PACKAGE_LIFECYCLE;
