import type { WebhookEndpoint } from '../../domain/configuration/integrations.js';
import type { EventBody } from '../../domain/events/event.js';

/** The bytes of an event in the style that the endpoint asked for: the same at every attempt. */
export function payloadOf(event: EventBody, style: WebhookEndpoint['payload']): string {
  switch (style) {
    case 'oms':
      return JSON.stringify(event);
  }
}
