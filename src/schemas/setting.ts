import { z } from 'zod';

/** A setting by its name; which names there are is checked where they are known. */
export const settingParams = z.strictObject({
  name: z.string().regex(/^[A-Za-z]{1,64}$/, 'must be a name of letters'),
});

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const newSettingValue = z.strictObject({ value }).meta({ id: 'SettingValue' });

export const settingView = z
  .object({
    name: z.string(),
    value,
    default: value,
    isDefault: z.boolean().meta({ description: 'Nobody has set it.' }),
    unit: z.string().nullable(),
    description: z.string(),
    schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the value.' }),
    version: z.int().meta({ description: 'The `ETag`; 0 while nobody has set it.' }),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Setting', description: 'A value that the brand can change at run time.' });
