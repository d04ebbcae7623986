import type { WebhookEndpoint } from '../../domain/configuration/integrations.js';
import type { EventBody } from '../../domain/events/event.js';
import { akinonPayload, type Lookup } from './akinon/akinonPayload.js';

/** The bytes of an event in the style that the endpoint asked for. */
export async function payloadOf(event: EventBody, style: WebhookEndpoint['payload'], lookup: Lookup): Promise<string> {
  switch (style) {
    case 'oms':
      return JSON.stringify(event);
    case 'akinon':
      return JSON.stringify(await akinonPayload(event, lookup));
  }
}
