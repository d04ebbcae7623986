import { z } from 'zod';

import { ORDER_STATES } from '../domain/order/order.js';
import { EVENT_TYPES } from '../domain/events/event.js';
import { identifier, label } from './common.js';
import { omnitronReportView } from './omnitron/reportView.js';
import { orderView } from './orderView.js';
import { pageQuery } from './page.js';

export const orderParams = z.strictObject({ number: identifier });

export const decisionParams = orderParams.extend({ n: z.coerce.number().int().min(1) });

export const whyNotQuery = z.strictObject({ location: identifier });

/** Why a location packs nothing of an order, and what would have changed that. */
export const whyNotView = z
  .object({
    location: z.string(),
    outcome: z.enum(['chosen', 'could_win', 'tied', 'no_change_found']),
    rules: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'What each rule made of the location: verdict, units available, rank and place.' }),
    counterfactual: z
      .object({ changes: z.array(z.record(z.string(), z.unknown())), sentence: z.string() })
      .nullable()
      .meta({ description: 'The smallest change that would have made it win, proven by planning with it.' }),
    tie: z
      .object({ chosen: z.array(z.string()), instead: z.array(z.string()) })
      .nullable()
      .meta({ description: 'With these changes, mostly none, only the codes decided between `chosen` and `instead`.' }),
    text: z.string().meta({ description: 'The same in plain English.' }),
  })
  .meta({ id: 'WhyNot' });

export const orderQuery = pageQuery.extend({
  state: z.enum(ORDER_STATES).exactOptional(),
  channel: label.exactOptional(),
});

/** One order, with what happened to it and to its packages. */
export const orderDetail = orderView
  .extend({
    timeline: z
      .array(z.object({ timestamp: z.string(), type: z.enum(EVENT_TYPES), subject: z.string() }))
      .meta({ description: 'What happened to the order and its packages, oldest first.' }),
    omnitron: omnitronReportView
      .nullable()
      .meta({ description: 'How it is reported to Omnitron; null when it is not.' }),
  })
  .meta({ id: 'OrderDetail' });

/** A planning decision with its inputs, its outcome and its explanation. */
export const decisionView = z
  .object({
    n: z.int().meta({ description: 'Counts the decisions of the order.' }),
    status: z.enum(['inquired', 'proposed', 'planned', 'conflict']),
    stockAt: z.string(),
    stock: z
      .array(z.object({ location: z.string(), sku: z.string(), quantity: z.int() }))
      .meta({ description: 'What the stock services answered; in the list the first 200 rows.' }),
    stockRows: z.int().meta({ description: 'Rows of the stock answer.' }),
    at: z.string().nullable(),
    inputHash: z.string().nullable().meta({ description: 'The same input and scenario version give the same answer.' }),
    input: z.unknown().meta({
      description:
        'What the planner was given beside stock and configuration; in the list without the books of the locations.',
    }),
    answer: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Scenario version, packages, what is parked, objective and explanation.' }),
    packages: z.array(z.string()).meta({ description: 'Numbers of the packages that it made.' }),
  })
  .meta({ id: 'Decision', description: 'A planning decision: what was known, what was chosen and why.' });
