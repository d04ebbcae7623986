import { z } from 'zod';

import { takeOmnitronOrder } from '../../clients/omnitron/intake.js';
import { orderView } from '../../schemas/orderView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { replyTaken } from '../orders/takeOrder.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator' | 'now' | 'log'>;

/** What makes it an order of Omnitron's at all. What is wrong inside is told by field, as 422. */
const anOrder = z.looseObject({ pk: z.int(), number: z.string(), orderitem_set: z.array(z.looseObject({})) }).meta({
  id: 'OmnitronOrder',
  description: 'An order in the detailed form of Omnitron; docs/integrate/omnitron.md lists the fields that are read.',
});

/** Order intake for Omnitron itself. */
export const takeOmnitronOrders = ({ records, configuration, orchestrator, now, log }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/inbound/omnitron/orders',
    tag: 'Inbound',
    summary: 'Take an order in as Omnitron writes it; the same content again gets the same answer',
    roles: MAY.takeOrdersIn,
    idempotent: true,
    // The order itself and its first event tell of it.
    audit: null,
    request: { body: anOrder },
    replies: { 200: orderView, 201: orderView },
    errors: ['order.number_taken', 'request.unprocessable'],
    handle: async ({ body }) => {
      const { locations, settings, omnitron: connection } = configuration;
      const warn = (number: string, warnings: readonly string[]) => log.warn({ number, warnings }, 'an odd order');
      const { orders } = records;
      const taken = await takeOmnitronOrder({ orders, orchestrator, now, connection, locations, settings, warn }, body);
      return replyTaken(records, taken);
    },
  });
