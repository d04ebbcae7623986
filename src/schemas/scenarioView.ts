import { z } from 'zod';

import { pageQuery } from './page.js';
import { scenario } from './scenario.js';

const SCENARIO_STATUSES = ['draft', 'published', 'archived'] as const;
export type ScenarioStatus = (typeof SCENARIO_STATUSES)[number];

export const scenarioParams = z.strictObject({ name: scenario.shape.name });

export const scenarioVersionParams = scenarioParams.extend({
  version: z.coerce.number().int().min(1).max(1_000_000_000),
});

export const scenarioQuery = pageQuery.extend({ status: z.enum(SCENARIO_STATUSES).exactOptional() });

/** The scenario that plans orders, or its draft while nothing is published; and the draft beside it. */
export const scenarioView = z
  .object({
    ...scenario.shape,
    status: z.enum(SCENARIO_STATUSES),
    version: z.int().nullable().meta({ description: 'Number of the latest published version; null before the first.' }),
    publishedVersion: z.int().nullable().meta({ description: 'The version that plans orders; null when none does.' }),
    draft: scenario.nullable().meta({ description: 'What `publish` would publish.' }),
    revision: z.int().meta({ description: 'Counts up with every change, also of the draft; the `ETag`.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ScenarioView' });

export const scenarioVersionView = z
  .object({
    name: z.string(),
    version: z.int(),
    scenario,
    publishedAt: z.iso.datetime(),
    publishedBy: z.string().meta({ description: 'Id of the API key.' }),
  })
  .meta({
    id: 'ScenarioVersion',
    description: 'A published version. It never changes; orders record which one planned them.',
  });
