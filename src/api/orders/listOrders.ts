import type { z } from 'zod';

import type { PackageRecord } from '../../domain/package/package.js';
import { orderQuery } from '../../schemas/orderRequests.js';
import { orderView, type OrderView } from '../../schemas/orderView.js';
import { pageOf } from '../../schemas/page.js';
import type { Page } from '../../store/page.js';
import type { RecordStore } from '../../store/store.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { viewOrder } from './viewOrder.js';

type Query = z.output<typeof orderQuery>;

export const listOrders = ({ records }: Pick<ApiDependencies, 'records'>) =>
  endpoint({
    method: 'get',
    path: '/orders',
    tag: 'Orders',
    summary: 'List orders, newest first',
    roles: MAY.readOrders,
    list: 'cursor',
    request: { query: orderQuery },
    replies: { 200: pageOf(orderView) },
    handle: async ({ query, caller: { locations } }) => ({
      status: 200,
      body: locations === null ? await all(records, query) : await withPackageAt(records, query, locations),
    }),
  });

async function all(records: RecordStore, query: Query): Promise<Page<OrderView>> {
  const page = await records.orders.list(query);
  return { items: await Promise.all(page.items.map((record) => viewOrder(records, record))), next: page.next };
}

/**
 * Orders with a package at one of the locations, in the order of their newest package there. A page may
 * hold fewer than its limit, because the filters of orders apply after it is read.
 */
async function withPackageAt(
  records: RecordStore,
  { state, channel, ...page }: Query,
  locations: readonly string[],
): Promise<Page<OrderView>> {
  const { orders, packages } = records;
  const found = await packages.list({ ...page, locations });
  const views = found.items.map(async (parcel) => {
    const [record, all] = await Promise.all([orders.find(parcel.order), packages.ofOrder(parcel.order)]);
    if (!record || !isNewestAt(parcel, all, locations)) return [];
    const isWanted =
      (state ?? record.state) === record.state && (channel ?? record.order.channel) === record.order.channel;
    return isWanted ? [await viewOrder(records, record, all)] : [];
  });
  return { items: (await Promise.all(views)).flat(), next: found.next };
}

/** Each order is listed once: where its newest visible package is. */
function isNewestAt(parcel: PackageRecord, all: readonly PackageRecord[], locations: readonly string[]): boolean {
  const visible = all.filter(({ location }) => locations.includes(location));
  const isLater = (other: PackageRecord) =>
    other.createdAt > parcel.createdAt || (other.createdAt === parcel.createdAt && other.number > parcel.number);
  return !visible.some(isLater);
}
