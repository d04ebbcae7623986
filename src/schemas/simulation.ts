import { z } from 'zod';

import { identifier } from './common.js';
import { caseParts, checkParts } from './planCase.js';

/** A plan case of which everything but the order may be left out. */
export const simulation = z
  .strictObject({
    ...caseParts,
    locations: caseParts.locations.exactOptional(),
    stock: caseParts.stock.exactOptional(),
    openPackages: caseParts.openPackages.exactOptional(),
    lastWorkAt: caseParts.lastWorkAt.exactOptional(),
    discrepancies: caseParts.discrepancies.exactOptional(),
    exclusions: caseParts.exclusions.exactOptional(),
    scenarios: caseParts.scenarios.exactOptional(),
    transferScenarios: caseParts.transferScenarios.exactOptional(),
  })
  .check(checkParts)
  .meta({
    id: 'Simulation',
    description:
      'A plan case. What is left out is live: the configuration, the stock by an inquiry now, the reservations and open packages; `at` is now.',
  });

export const simulationQuery = z.strictObject({
  draft: identifier.exactOptional().meta({ description: 'A scenario whose draft is planned with as if published.' }),
});

export type Simulation = z.output<typeof simulation>;

const items = z.array(z.object({ line: z.string(), sku: z.string(), quantity: z.int() }));

/** What `oms plan` prints. */
export const planAnswer = z
  .object({
    outcome: z.enum(['planned', 'partially_planned', 'parked', 'no_scenario']),
    scenario: z.object({ name: z.string(), version: z.int() }).nullable(),
    packages: z.array(
      z.object({
        location: z.string(),
        state: z.string(),
        rule: z.string(),
        items,
        transfers: z.array(z.object({ source: z.string(), items })),
      }),
    ),
    parked: items.meta({ description: 'Units without a place; they go to the default location.' }),
    optimal: z.boolean().meta({ description: 'Every rule is proven to have chosen the best by its objective.' }),
    bound: z.object({ rule: z.string(), units: z.int(), packages: z.int() }).optional(),
    objective: z.object({
      units: z.int(),
      packages: z.int(),
      transfers: z.int(),
      rank: z.array(z.number().nullable()),
    }),
    explanation: z
      .unknown()
      .meta({ description: 'Why: scenarios, rules, candidates, excluded locations, and a text.' }),
  })
  .meta({ id: 'PlanAnswer', description: 'The answer of the planner, as `oms plan` prints it.' });
