import { z } from 'zod';

import { EVENT_TYPES } from '../domain/events/event.js';
import { identifier } from './common.js';

const SUBJECT = /^(order|package|transfer|location|webhook-endpoint)\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The outgoing body: what endpoints receive and what the log gives. */
export const event = z
  .object({
    id: z.string().meta({ description: 'Stable over repeats; also the `webhook-id`.' }),
    type: z.enum(EVENT_TYPES),
    timestamp: z.iso.datetime(),
    sequence: z.int().min(1).meta({ description: 'Counts up per subject without gaps.' }),
    subject: z.string().meta({ description: '`order/R1`, `package/R1P1`, `location/S1` and the like.' }),
    data: z.unknown().meta({ description: 'The full object, in the shape of the API.' }),
  })
  .meta({ id: 'Event', description: 'Something that happened.' });

export const eventQuery = z.strictObject({
  after: identifier
    .exactOptional()
    .meta({ description: 'A `next` or the id of an event; without it the log is read from its beginning.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'How many items at most.' }),
  type: z.enum(EVENT_TYPES).exactOptional(),
  subject: z
    .string()
    .regex(SUBJECT, 'must be a kind and a number, such as order/R1')
    .exactOptional()
    .meta({ description: 'Only what happened to this thing.' }),
});

export const eventPage = z.object({
  items: z.array(event),
  next: z.string().meta({ description: 'Where to read on; valid also at the end of the log.' }),
});
