import { inquireStock } from '../../clients/stockInquiry.js';
import { OmsError } from '../../platform/errors.js';
import { availabilityPage, availabilityQuery } from '../../schemas/stockAvailability.js';
import { decodeCursor, toPage } from '../../store/page.js';
import { MAY } from '../auth/roles.js';
import type { Caller } from '../auth/caller.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { availabilityAt, placeInList } from './availabilityAt.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'stockClient' | 'now'>;

export const stockAvailabilityEndpoints = (dependencies: Dependencies) => [readStockAvailability(dependencies)];

const readStockAvailability = ({ configuration, records, stockClient: client, now }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/stock-availability',
    tag: 'Stock',
    summary: 'Which single location can supply everything, asked of the stock services now',
    roles: MAY.askStock,
    list: 'cursor',
    request: { query: availabilityQuery },
    replies: { 200: availabilityPage },
    errors: ['request.unprocessable', 'stock.unreachable', 'stock.malformed_answer'],
    handle: async ({ query: { sku: wanted, location, tag, limit, cursor }, caller }) => {
      const after = cursor === undefined ? [] : decodeCursor(cursor, 2);
      const locations = await candidates(configuration, caller, { location, tag });
      const skus = wanted.map(({ sku }) => sku);
      const askedAt = now().toISOString();
      const [stock, pages] = await Promise.all([
        inquireStock({ engines: configuration.stockEngines, client }, locations, skus),
        records.reservations.pagesOf(skus),
      ]);
      const items = availabilityAt(locations, wanted, { stock, pages, now: askedAt })
        .sort((a, b) => comparePlaces(placeInList(a), placeInList(b)))
        .filter((item) => after.length === 0 || comparePlaces(placeInList(item), after) > 0);
      return { status: 200, body: { ...toPage(items, limit, placeInList), askedAt } };
    },
  });

/** Active locations from which a customer can get goods, of those that the caller may see. */
async function candidates(
  { locations }: Dependencies['configuration'],
  caller: Caller,
  { location: named, tag }: { location?: readonly string[] | undefined; tag?: string | undefined },
) {
  const { locations: keys } = caller;
  const visible = await locations.all(keys === null ? {} : { keys });
  const unknown = named?.find((code) => !visible.some((location) => location.code === code));
  if (unknown !== undefined) {
    throw new OmsError('request.unprocessable', `There is no location ${unknown}`, {
      errors: [{ pointer: 'location', detail: `there is no location ${unknown}` }],
    });
  }
  return visible.filter(
    ({ code, active, roles, tags }) =>
      active &&
      roles.some((role) => role === 'packs' || role === 'pickupPoint') &&
      (named?.includes(code) ?? true) &&
      (tag === undefined || tags.includes(tag)),
  );
}

/** Places in the list are pairs of the same kinds. */
function comparePlaces(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at === -1) return 0;
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
