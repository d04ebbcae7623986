import { z } from 'zod';

import { SETTINGS, type SettingName } from '../../platform/settings.js';
import type { StoredSetting } from '../../store/settings.js';
import type { Versioned } from '../../store/versioned.js';

/** A setting with what is known about it; `stored` is null while nobody has set it. */
export function toSettingView(name: SettingName, stored: Versioned<StoredSetting> | null) {
  const { schema, unit, default: fallback, description } = SETTINGS[name];
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema);
  return {
    name,
    value: stored ? stored.value : fallback,
    default: fallback,
    isDefault: stored === null,
    unit,
    description,
    schema: jsonSchema,
    version: stored?.version ?? 0,
    updatedAt: stored?.updatedAt ?? null,
  };
}
