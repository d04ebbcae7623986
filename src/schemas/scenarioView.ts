import { z } from 'zod';

import { pageQuery } from './page.js';
import { scenario, transferScenario } from './scenario.js';

const SCENARIO_STATUSES = ['draft', 'published', 'archived'] as const;
export type ScenarioStatus = (typeof SCENARIO_STATUSES)[number];

export const scenarioParams = z.strictObject({ name: scenario.shape.name });

/** In a path or a query. */
export const versionNumber = z.coerce.number().int().min(1).max(1_000_000_000);

export const scenarioVersionParams = scenarioParams.extend({ version: versionNumber });

export const scenarioVersionQuery = z.strictObject({
  version: versionNumber
    .exactOptional()
    .meta({ description: 'A published version; without it the draft, or what is published.' }),
});

export const scenarioQuery = pageQuery.extend({ status: z.enum(SCENARIO_STATUSES).exactOptional() });

const viewOf = <Content extends z.ZodObject>(content: Content) =>
  z.object({
    ...content.shape,
    status: z.enum(SCENARIO_STATUSES),
    version: z.int().nullable().meta({ description: 'Number of the latest published version; null before the first.' }),
    publishedVersion: z.int().nullable().meta({ description: 'The version that plans orders; null when none does.' }),
    draft: content.nullable().meta({ description: 'What `publish` would publish.' }),
    revision: z.int().meta({ description: 'Counts up with every change, also of the draft; the `ETag`.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  });

const versionViewOf = <Content extends z.ZodObject>(content: Content) =>
  z.object({
    name: z.string(),
    version: z.int(),
    scenario: content,
    publishedAt: z.iso.datetime(),
    publishedBy: z.string().meta({ description: 'Id of the API key.' }),
  });

const VERSION = 'A published version. It never changes; orders record which one planned them.';

/** The scenario that plans orders, or its draft while nothing is published; and the draft beside it. */
export const scenarioView = viewOf(scenario).meta({ id: 'ScenarioView' });
export const scenarioVersionView = versionViewOf(scenario).meta({ id: 'ScenarioVersion', description: VERSION });

/** The same for a transfer scenario. */
export const transferScenarioView = viewOf(transferScenario).meta({ id: 'TransferScenarioView' });
export const transferScenarioVersionView = versionViewOf(transferScenario).meta({
  id: 'TransferScenarioVersion',
  description: VERSION,
});
