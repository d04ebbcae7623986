import { z } from 'zod';

import { LOCATION_ROLES } from '../domain/configuration/location.js';
import { identifier, quantity, text } from './common.js';
import { pageOf, pageQuery } from './page.js';

const MOST_SKUS = 100;

/** A parameter that may be given once or several times. */
const repeatable = <Item extends z.ZodType>(item: Item, most: number) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(item).min(1).max(most));

/** `A` or `A:2`. */
const wantedSku = z.string().transform((given, context) => {
  const [sku = '', units = '1', ...rest] = given.split(':');
  const wanted = /^\d{1,9}$/.test(units) ? Number(units) : NaN;
  if (rest.length > 0 || !identifier.safeParse(sku).success || !quantity.safeParse(wanted).success) {
    context.addIssue(`${JSON.stringify(given)} is no SKU with a quantity from 1 to 1000000, such as MUG or MUG:2`);
    return z.NEVER;
  }
  return { sku, wanted };
});

const wantedSkus = repeatable(wantedSku, MOST_SKUS)
  .check(({ value, issues }) => {
    const skus = value.map(({ sku }) => sku);
    const twice = skus.find((sku, index) => skus.indexOf(sku) !== index);
    if (twice === undefined) return;
    issues.push({ code: 'custom', input: twice, message: `${twice} is asked twice; ask for the sum` });
  })
  .meta({
    description: `A SKU and how many of it, \`MUG:2\`; one without a number. Repeatable, ${MOST_SKUS} at most.`,
    param: { required: true },
  });

export const availabilityQuery = pageQuery.extend({
  sku: wantedSkus,
  location: repeatable(identifier, 200).exactOptional().meta({ description: 'Only this location. Repeatable.' }),
  tag: text(64, 1).exactOptional().meta({ description: 'Only locations with this tag.' }),
});

export type WantedSku = z.output<typeof wantedSku>;

export const locationAvailability = z
  .object({
    location: z.string(),
    name: z.string(),
    type: z.enum(['store', 'warehouse']),
    roles: z.array(z.enum(LOCATION_ROLES)).meta({ description: '`pickupPoint`: customers can fetch it there.' }),
    canSupplyAll: z.boolean().meta({ description: 'It alone has everything that was asked.' }),
    skus: z.array(z.object({ sku: z.string(), wanted: z.int(), available: z.int() })),
  })
  .meta({ id: 'LocationAvailability', description: 'What one location can promise now, as planning would see it.' });

export const availabilityPage = pageOf(locationAvailability).extend({
  askedAt: z.iso.datetime().meta({ description: 'When the stock services were asked: at this very request.' }),
});
