import { z } from 'zod';

import { REPORT_STATES, reportState, type OrderReport } from '../../domain/omnitron/orderReport.js';

export const omnitronReportView = z
  .object({
    number: z.string(),
    state: z.enum(REPORT_STATES).meta({
      description:
        '`failing`: the last attempt did not get through, the next is at `dueAt`; `refused`: Omnitron does not take what we say of a line; `drift`: a line stands where we must not move it.',
    }),
    dueAt: z.string().nullable(),
    attempts: z.int(),
    failure: z.object({ at: z.string(), detail: z.string() }).nullable(),
    lines: z.array(
      z.object({
        line: z.string(),
        outcome: z.enum(['reported', 'waiting', 'refused', 'drift']),
        status: z.string().nullable().meta({ description: "Omnitron's status of the item." }),
        detail: z.string().nullable(),
      }),
    ),
    reportedAt: z.string().nullable(),
  })
  .meta({ id: 'OmnitronReport', description: 'What Omnitron was told of an order, and what is still due.' });

export function toReportView(report: OrderReport): z.output<typeof omnitronReportView> {
  const { number, dueAt, attempts, failure, lines, reportedAt } = report;
  return { number, state: reportState(report), dueAt, attempts, failure, lines: [...lines], reportedAt };
}

export const omnitronRefusalView = z
  .object({
    id: z.string().meta({ description: "`order/7001` or `cancellation/31`, by Omnitron's key." }),
    number: z.string().nullable(),
    modifiedDate: z.string().nullable(),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
    at: z.string(),
  })
  .meta({ id: 'OmnitronRefusal', description: 'Something that we fetched from Omnitron and did not take.' });
