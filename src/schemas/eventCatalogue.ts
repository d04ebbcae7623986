import { z } from 'zod';

import type { EventType } from '../domain/events/event.js';
import { orderView } from './orderView.js';
import { packageView } from './packageView.js';
import { webhookEndpointView } from './webhookEndpoint.js';

/** What `data` of an event is: the full object, as the API shows it. */
export function dataSchemaOf(type: EventType): z.ZodType {
  if (type.startsWith('order.')) return orderView;
  if (type.startsWith('package.') || type.startsWith('shipment.')) return packageView;
  if (type.startsWith('webhook.endpoint.')) return webhookEndpointView;
  return z.record(z.string(), z.unknown());
}
