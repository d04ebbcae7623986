import { z } from 'zod';

import { identifier, instant } from './common.js';
import { event } from './event.js';
import { pageQuery } from './page.js';
import { webhookEndpointParams } from './webhookEndpoint.js';

const STATUSES = ['pending', 'delivered', 'exhausted', 'cancelled'] as const;

const endpointId = webhookEndpointParams.shape.id;

export const deliveryParams = z.strictObject({
  id: z.string().regex(/^whe_[0-9A-Z]{26}\.evt_[0-9a-f]{32}$/, 'must be the id of a delivery'),
});

export const deliveryQuery = pageQuery.extend({
  endpoint: endpointId.exactOptional(),
  status: z.enum(STATUSES).exactOptional(),
  event: identifier.exactOptional().meta({ description: 'Id of an event.' }),
});

export const deliveryView = z
  .object({
    id: z.string(),
    endpoint: z.string(),
    event: z.string(),
    type: event.shape.type,
    subject: z.string(),
    status: z
      .enum(STATUSES)
      .meta({ description: '`exhausted`: given up after the last attempt; `cancelled`: nobody listens any more.' }),
    attempts: z
      .array(
        z.object({
          at: z.string(),
          request: z
            .object({ url: z.string(), headers: z.record(z.string(), z.string()) })
            .meta({ description: 'Without the signature, the query and the values of custom headers.' }),
          status: z.int().nullable().meta({ description: 'HTTP status; null when there was no answer.' }),
          body: z.string().meta({ description: 'The beginning of the answer.' }),
          latencyMs: z.number(),
          error: z.string().nullable(),
        }),
      )
      .meta({ description: 'The latest ones.' }),
    attemptCount: z.int(),
    nextAttemptAt: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to one endpoint.' });

/** Deliveries to be sent again: those that began within a time. */
export const replayRange = z
  .strictObject({
    endpoint: endpointId,
    from: instant,
    to: instant.meta({ description: 'Not included.' }),
    status: z.enum(STATUSES).exactOptional(),
  })
  .meta({ id: 'ReplayRange' });

export const replayCount = z.object({ count: z.int() }).meta({ id: 'ReplayCount' });

export const sentTest = z
  .object({ event: z.string(), delivery: z.string().meta({ description: 'Where to look how it went.' }) })
  .meta({ id: 'SentTest' });
