import type { Violation } from '../../domain/verify/books.js';
import { checkQuota } from '../../domain/verify/quota.js';
import { checkStock } from '../../domain/verify/stock.js';
import { PACKAGE_LIFECYCLE } from '../../domain/lifecycle/packageLifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../domain/lifecycle/transferLifecycle.js';
import type { RecordStore } from '../../store/store.js';
import { isSame, lookAtOrder, type LookDependencies } from './lookAtOrder.js';

/** Something to look at, as often as it takes to be sure. */
export interface Target {
  readonly name: string;
  readonly look: () => Promise<Violation[]>;
}

export interface TargetDependencies extends LookDependencies {
  readonly records: RecordStore;
}

/** All that there is, one after the other. */
export async function* targets(dependencies: TargetDependencies): AsyncGenerator<Target> {
  const { verification, workflows } = dependencies;
  for await (const number of verification.orderNumbers())
    yield { name: `order/${number}`, look: () => lookAtOrder(dependencies, number) };
  for await (const page of verification.stockPages()) {
    yield { name: `stock/${page}`, look: async () => found(await verification.stock(page), checkStock) };
    for (const order of await verification.strayHolders(page))
      yield { name: `hold/${page}/${order}`, look: () => lookAtStrayHolds(dependencies, page, order) };
  }
  for (const location of await verification.locations())
    yield { name: `location/${location}`, look: async () => checkQuota(await verification.quota(location)) };
  for await (const stray of verification.strays())
    yield { name: stray.object, look: () => lookAtStray(dependencies, stray) };
  for await (const id of workflows.running())
    yield { name: `running/${id}`, look: () => lookAtRunning(dependencies, id) };
}

const found = <Books>(books: Books | null, check: (given: Books) => Violation[]): Violation[] =>
  books === null ? [] : check(books);

/** 3: there is no package of an order that nobody sent. */
async function lookAtStray(
  { records }: TargetDependencies,
  { order, object }: { readonly order: string; readonly object: string },
): Promise<Violation[]> {
  if (await records.orders.find(order)) return [];
  return [
    {
      ...{ invariant: 3, objects: [`order/${order}`, object] },
      detail: `${object} is recorded, and its order is not`,
      todo: 'Every order that was acknowledged is stored first: its record was removed. Restore it from a backup.',
    },
  ];
}

/** 5: units are held for an order that does not exist. */
async function lookAtStrayHolds({ records }: TargetDependencies, page: string, order: string): Promise<Violation[]> {
  if (await records.orders.find(order)) return [];
  const [location = '', sku = ''] = page.split('|');
  const { holds } = await records.stockLists.at(location, sku);
  return holds
    .filter((hold) => hold.order === order)
    .map((hold) => ({
      ...{ invariant: 5, objects: [`order/${order}`, `hold/${hold.key}`] },
      detail: `${hold.quantity} of ${sku} at ${location} are held for an order that there is not`,
      todo: 'Run `oms verify --repair` or `oms reservations release`.',
      repair: { kind: 'release_hold', hold, order },
    }));
}

/** 12: a workflow runs whose record says that it is over, or that has none. Others are looked at with their order. */
async function lookAtRunning({ records, workflows }: TargetDependencies, id: string): Promise<Violation[]> {
  const record = await recordOf(records, id);
  if (record && !isOver(id, record.state)) return [];
  const asked = await workflows.ask(id);
  if (!asked.state || isSame(asked, record)) return [];
  const { state, version } = asked.state;
  return [
    {
      ...{ invariant: 12, objects: [id] },
      detail: `its workflow runs (${state}, version ${version}), and its record is ${record?.state ?? 'not there'}`,
      todo: 'Run `oms verify --repair`, which writes what the workflow says if it is newer.',
      repair: { kind: 'save_record', subject: id },
    },
  ];
}

export function recordOf({ orders, packages, transfers }: RecordStore, subject: string) {
  const [kind, number = ''] = subject.split('/');
  if (kind === 'order') return orders.find(number);
  return kind === 'package' ? packages.find(number) : transfers.find(number);
}

function isOver(subject: string, state: string): boolean {
  if (subject.startsWith('order/')) return state === 'completed' || state === 'cancelled';
  const { states } = subject.startsWith('package/') ? PACKAGE_LIFECYCLE : TRANSFER_LIFECYCLE;
  return (states as Readonly<Record<string, { final: boolean }>>)[state]?.final ?? true;
}
