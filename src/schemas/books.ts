import { z } from 'zod';

import { identifier, text } from './common.js';
import { pageQuery } from './page.js';

export const booksQuery = pageQuery.extend({
  location: identifier.exactOptional(),
  sku: identifier.exactOptional(),
});

export const reservationView = z
  .object({
    location: z.string(),
    sku: z.string(),
    quantity: z.int(),
    package: z.string(),
    item: z.string().meta({ description: 'Id of the item in the package.' }),
    since: z.string(),
  })
  .meta({ id: 'Reservation', description: 'Units of one SKU held at one location for one package item.' });

export const discrepancyView = z
  .object({
    location: z.string(),
    sku: z.string(),
    quantity: z.int().meta({ description: 'Units that were missing.' }),
    since: z.string(),
    until: z.string().meta({ description: 'Ends earlier when the stock service answers another number.' }),
    order: z.string(),
  })
  .meta({ id: 'Discrepancy', description: 'A location said that it does not have what its stock answer promised.' });

const pair = { location: identifier, sku: identifier };
const reason = text(256, 1).meta({ description: 'Why, for the audit log. No personal data.' });

export const reservationRelease = z
  .strictObject({
    ...pair,
    package: text(80, 1),
    item: text(64, 1).exactOptional().meta({ description: 'Only the hold of this item.' }),
    reason,
  })
  .meta({ id: 'ReservationRelease' });

export const discrepancyRelease = z
  .strictObject({
    ...pair,
    order: identifier.exactOptional().meta({ description: 'Only what was said in this order.' }),
    reason,
  })
  .meta({ id: 'DiscrepancyRelease' });

/** What a release took out of the books; nothing when it was not there (any more). */
export const releasedHolds = z.object({ released: z.array(reservationView) }).meta({ id: 'ReleasedReservations' });
export const releasedDiscrepancies = z
  .object({ released: z.array(discrepancyView) })
  .meta({ id: 'ReleasedDiscrepancies' });
