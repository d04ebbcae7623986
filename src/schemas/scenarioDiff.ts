import { z } from 'zod';

import type { ScenarioChange } from '../domain/planning/diff/diffScenarios.js';
import { versionNumber } from './scenarioView.js';

const part = z.union([z.literal('draft'), versionNumber]).exactOptional();

export const diffQuery = z.strictObject({
  from: part.meta({ description: 'A version or `draft`; without it the version before `to`.' }),
  to: part.meta({ description: 'A version or `draft`; without it the draft, or what is published.' }),
});

const number = z.int().nullable();

/** The differences of two versions. */
export const scenarioDiff = z
  .object({
    name: z.string(),
    from: number.meta({ description: 'The older version; null: the draft.' }),
    to: number.meta({ description: 'The newer version; null: the draft.' }),
    changes: z.array(
      z
        .object({
          pointer: z.string().meta({
            description: 'JSON pointer into the newer version; into the older one where something was removed.',
          }),
          kind: z.enum(['added', 'removed', 'changed', 'moved']),
          before: z.unknown().meta({ description: 'Null where there was nothing; of a moved rule its place from 0.' }),
          after: z.unknown().meta({ description: 'Null where there is nothing; of a moved rule its place from 0.' }),
          text: z.string().meta({ description: 'The change as a sentence.' }),
        })
        .meta({ id: 'ScenarioChange' }) satisfies z.ZodType<ScenarioChange>,
    ),
  })
  .meta({ id: 'ScenarioDiff' });
