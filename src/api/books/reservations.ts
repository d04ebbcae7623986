import { holderOf } from '../../domain/reservations/holder.js';
import { OmsError } from '../../platform/errors.js';
import { booksQuery, releasedHolds, reservationRelease, reservationView } from '../../schemas/books.js';
import { pageOf } from '../../schemas/page.js';
import { claimantsOf } from '../../store/claimants.js';
import type { TakenHold } from '../../store/stockLists.js';
import { MAY } from '../auth/roles.js';
import { COMMAND_BODY_LIMIT } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';

type Dependencies = Pick<ApiDependencies, 'records'>;

export const listReservations = ({ records: { stockLists } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/reservations',
    tag: 'Stock',
    summary: 'List what is held for packages, by location and SKU',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: booksQuery },
    replies: { 200: pageOf(reservationView) },
    handle: async ({ query }) => {
      const { items, next } = await stockLists.holds(query);
      return { status: 200, body: { items: items.map(toView), next } };
    },
  });

/** Only holds that nobody needs: the goods of a live package item are always reserved. */
export const releaseReservations = ({ records }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/reservations/release',
    tag: 'Stock',
    summary: 'Give back units that are held for a package which does not need them any more',
    roles: MAY.releaseBooks,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { body: reservationRelease },
    replies: { 200: releasedHolds },
    errors: ['resource.in_use'],
    audit: {
      subject: ({ body }) => `location/${body.location}`,
      command: () => 'release_reservation',
    },
    handle: async ({ body: { location, sku, package: parcel, item, reason } }) => {
      const { holds } = await records.stockLists.at(location, sku);
      const asked = holds.filter((hold) => hold.package === parcel && hold.item === (item ?? hold.item));
      await refuseNeeded(records, asked);
      const released: TakenHold[] = [];
      for (const hold of asked) if (await records.stockLists.drop(hold)) released.push(hold);
      const units = released.reduce((sum, { quantity }) => sum + quantity, 0);
      return {
        status: 200,
        body: { released: released.map(toView) },
        audit: { detail: `${units} of ${sku} held for ${parcel}: ${reason}` },
      };
    },
  });

async function refuseNeeded(records: Dependencies['records'], holds: readonly TakenHold[]): Promise<void> {
  for (const hold of holds) {
    const needed = holderOf(hold, await claimantsOf(records, hold.order));
    if (needed !== null) throw new OmsError('resource.in_use', needed, { context: { package: hold.package } });
  }
}

const toView = ({ location, sku, quantity, package: parcel, item, since }: TakenHold) => {
  return { location, sku, quantity, package: parcel, item, since };
};
