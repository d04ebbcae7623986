import { z } from 'zod';

import { EVENT_TYPES } from '../domain/events/event.js';
import { text } from './common.js';
import { outgoingUrl } from './outgoing.js';
import { stamp } from './stamp.js';

const DAY_SECONDS = 86_400;

const seconds = z
  .number()
  .positive()
  .max(30 * DAY_SECONDS);

const fields = {
  url: outgoingUrl,
  eventTypes: z
    .array(z.enum(['*', ...EVENT_TYPES]))
    .min(1)
    .max(EVENT_TYPES.length)
    .meta({ description: '`*` stands for all.' }),
  headers: z.record(text(128, 1), text(4096)).meta({ description: 'Sent with every delivery.' }),
  ordering: z
    .enum(['none', 'per_subject'])
    .meta({ description: '`per_subject`: one order, package or transfer in its order.' }),
  payload: z
    .enum(['oms', 'akinon'])
    .meta({ description: '`akinon`: the envelope and keys of Akinon OMS, for software that was built for it.' }),
  retry: z.strictObject({
    strategy: z
      .enum(['standard', 'fixed', 'linear', 'exponential', 'random'])
      .meta({ description: '`standard`: 10 attempts over 75 hours.' }),
    delaySeconds: seconds.exactOptional(),
    maxDelaySeconds: seconds.exactOptional(),
    maxAttempts: z.int().min(1).max(100).exactOptional(),
  }),
  enabled: z.boolean(),
};

export const newWebhookEndpoint = z
  .strictObject({
    url: fields.url,
    eventTypes: fields.eventTypes,
    headers: fields.headers.default({}),
    ordering: fields.ordering.default('none'),
    payload: fields.payload.default('oms'),
    retry: fields.retry.default({ strategy: 'standard' }),
    enabled: fields.enabled.default(true),
  })
  .meta({ id: 'NewWebhookEndpoint' });

/** Only what is given changes. */
export const webhookEndpointChange = z
  .strictObject({
    url: fields.url.exactOptional(),
    eventTypes: fields.eventTypes.exactOptional(),
    headers: fields.headers.exactOptional(),
    ordering: fields.ordering.exactOptional(),
    payload: fields.payload.exactOptional(),
    retry: fields.retry.exactOptional(),
    enabled: fields.enabled.exactOptional(),
  })
  .meta({ id: 'WebhookEndpointChange' });

export const webhookEndpointView = z
  .object({
    id: z.string(),
    ...fields,
    failingSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Since when every attempt failed. After five days we stop sending.' }),
    disabledReason: z.string().nullable().meta({ description: 'Why we stopped sending by ourselves.' }),
    ...stamp.shape,
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where events are announced.' });

const signingSecret = z.string().meta({ description: '`whsec_...`, signs as Standard Webhooks. Shown only now.' });

export const createdWebhookEndpoint = webhookEndpointView
  .extend({ secret: signingSecret })
  .meta({ id: 'CreatedWebhookEndpoint' });

export const webhookEndpointParams = z.strictObject({
  id: z.string().regex(/^whe_[0-9A-Z]{26}$/, 'must be the id of a webhook endpoint'),
});

export const secretRotation = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(7 * DAY_SECONDS)
      .default(DAY_SECONDS)
      .meta({ description: 'How long the secret before it signs as well.' }),
  })
  .default({ overlapSeconds: DAY_SECONDS })
  .meta({ id: 'SecretRotation' });

export const rotatedSecret = z.object({ secret: signingSecret }).meta({ id: 'RotatedSecret' });
