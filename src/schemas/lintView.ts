import { z } from 'zod';

import type { Finding } from '../domain/planning/lint/lintScenario.js';

const finding = z
  .object({
    code: z.string().meta({ description: 'Kind of finding; `docs/reference/lint.md` lists them.' }),
    severity: z.enum(['error', 'warning', 'info']),
    pointer: z.string().meta({ description: 'JSON pointer into the scenario.' }),
    message: z.string(),
    hint: z.string(),
  })
  .meta({ id: 'LintFinding' }) satisfies z.ZodType<Finding>;

/** What lint says about one scenario. */
export const lintReport = z
  .object({
    kind: z.enum(['distribution', 'transfer']),
    name: z.string(),
    version: z.int().nullable().meta({ description: 'The published version that was read; null: the draft.' }),
    findings: z.array(finding).meta({ description: 'Errors first.' }),
  })
  .meta({ id: 'LintReport' });

export const lintReports = z.object({ items: z.array(lintReport) });
