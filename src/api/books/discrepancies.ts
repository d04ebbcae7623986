import { booksQuery, discrepancyRelease, discrepancyView, releasedDiscrepancies } from '../../schemas/books.js';
import { pageOf } from '../../schemas/page.js';
import type { Discrepancy } from '../../store/stockBook.js';
import { MAY } from '../auth/roles.js';
import { COMMAND_BODY_LIMIT } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { wakeParked } from '../wakeParked.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'orchestrator' | 'now'>;

export const listDiscrepancies = ({ records: { stockLists }, now }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/discrepancies',
    tag: 'Stock',
    summary: 'List what locations said that they do not have, by location and SKU',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: booksQuery },
    replies: { 200: pageOf(discrepancyView) },
    handle: async ({ query }) => {
      const { items, next } = await stockLists.discrepancies(query, now());
      return { status: 200, body: { items: items.map(toView), next } };
    },
  });

export const releaseDiscrepancies = ({ records, orchestrator, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/discrepancies/release',
    tag: 'Stock',
    summary: 'The goods are there after all: new orders may have them from the location again',
    roles: MAY.releaseBooks,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { body: discrepancyRelease },
    replies: { 200: releasedDiscrepancies },
    audit: {
      subject: ({ body }) => `location/${body.location}`,
      command: () => 'release_discrepancy',
    },
    handle: async ({ body: { location, sku, order, reason } }) => {
      const at = now().toISOString();
      const said = (await records.stockLists.at(location, sku)).discrepancies;
      const asked = said.filter((one) => one.until > at && one.order === (order ?? one.order));
      await records.discrepancies.end(asked.map(({ key }) => key));
      if (asked.length > 0) await wakeParked({ records, orchestrator }, [sku], `${sku} was found`);
      const units = asked.reduce((sum, { quantity }) => sum + quantity, 0);
      return {
        status: 200,
        body: { released: asked.map(toView) },
        audit: { detail: `${units} of ${sku}: ${reason}` },
      };
    },
  });

const toView = ({ location, sku, quantity, since, until, order }: Discrepancy) => {
  return { location, sku, quantity, since, until, order };
};
