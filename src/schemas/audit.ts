import { z } from 'zod';

import { AUDIT_OUTCOMES, WAYS } from '../domain/audit/audit.js';
import { instant, text } from './common.js';
import { pageQuery } from './page.js';

export const auditQuery = pageQuery.extend({
  subject: text(200, 1).exactOptional().meta({ description: '`order/R1001`, `package/R1001P1`, `location/S1` ...' }),
  by: text(128, 1).exactOptional().meta({ description: 'Id of an API key.' }),
  command: text(64, 1).exactOptional(),
  outcome: z.enum(AUDIT_OUTCOMES).exactOptional(),
  from: instant.exactOptional(),
  to: instant.exactOptional().meta({ description: 'Not included.' }),
});

export const auditView = z
  .object({
    id: z.string(),
    at: z.string(),
    subject: z.string(),
    command: z.string(),
    by: z.string().meta({ description: 'Id of an API key; `signal` for a sender without one; `oms` for the system.' }),
    way: z.enum(WAYS).meta({ description: '`signal`: straight to the workflow, by Signal or Update.' }),
    outcome: z.enum(AUDIT_OUTCOMES),
    before: z.string().nullable().meta({ description: 'State before; of configuration the version.' }),
    after: z.string().nullable(),
    version: z.int().meta({ description: 'Version of the subject that was made, or found when it was refused.' }),
    commandId: z
      .string()
      .nullable()
      .meta({ description: 'Under which id it was sent: its `Idempotency-Key`, or the id in a signal.' }),
    content: z.string().nullable().meta({ description: 'Digest of what it asked for, where it had an id.' }),
    detail: z.string().nullable().meta({ description: 'Why it was refused, or what was given back.' }),
  })
  .meta({ id: 'AuditEntry', description: 'Who asked for what when, and what it led to. No personal data.' });
