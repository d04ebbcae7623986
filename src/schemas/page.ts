import { z } from 'zod';

const limit = z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'How many items at most.' });

/** What every list takes; a list with filters extends it. */
export const pageQuery = z.strictObject({
  limit,
  cursor: z.string().min(1).max(1024).exactOptional().meta({ description: '`next` of the page before.' }),
});

/** What every list answers. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last one.' }),
  });
