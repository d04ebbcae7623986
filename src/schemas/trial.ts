import { z } from 'zod';

import { identifier, instant } from './common.js';
import { pageQuery } from './page.js';
import { scenario } from './scenario.js';

export const backtestBody = z
  .strictObject({
    last: z.int().min(1).max(100_000).default(1_000).meta({ description: 'How many orders, the latest ones.' }),
    from: instant.exactOptional().meta({ description: 'Only orders planned from then on.' }),
    to: instant.exactOptional().meta({ description: 'Only orders planned before; now when absent.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    message: 'must be later than from',
    path: ['to'],
  })
  .meta({ id: 'Backtest' });

export const shadowBody = z
  .strictObject({ enabled: z.boolean().meta({ description: 'true: begin with the draft as it is now; false: end.' }) })
  .meta({ id: 'ShadowSwitch' });

export const backtestParams = z.strictObject({ id: identifier });

export const backtestQuery = pageQuery.extend({ scenario: identifier.exactOptional() });

const summary = z
  .object({
    orders: z.int(),
    packages: z.int(),
    splitOrders: z.int().meta({ description: 'Orders in more than one package.' }),
    splitRate: z.number().nullable().meta({ description: 'Their share of the orders that got a package.' }),
    meanDistanceKm: z
      .number()
      .nullable()
      .meta({ description: 'From packing location to address, per package, where both have coordinates.' }),
    transfers: z.int(),
    parkedUnits: z.int(),
    unplannedOrders: z.int().meta({ description: 'Orders that no scenario plans.' }),
    unprovenOrders: z.int().meta({ description: 'Orders whose plan is not proven to be the best.' }),
  })
  .meta({ id: 'PlanSummary' });

const sides = z.object({ before: z.int(), after: z.int() });

export const trialDifference = z
  .object({
    order: z.string(),
    decision: z.int().meta({ description: 'Number of the decision, as in `/orders/{number}/decisions`.' }),
    at: z.iso.datetime().meta({ description: 'When it was decided.' }),
    difference: z.string().meta({ description: 'What was decided, and what the draft would have decided.' }),
  })
  .meta({ id: 'TrialDifference' });

const report = z
  .object({
    compared: z.int(),
    skipped: z.int().meta({ description: 'Decisions that could not be planned again.' }),
    changed: z.int().meta({ description: 'Orders that the draft would have planned otherwise.' }),
    before: summary,
    after: summary,
    load: z.array(z.object({ location: z.string(), packages: sides, units: sides })),
    differences: z.array(trialDifference).meta({ description: 'The first 100.' }),
  })
  .meta({ id: 'TrialReport', description: 'What was decided (`before`) and what the draft decides (`after`).' });

const trial = z.object({
  scenario: z.string(),
  draft: scenario.meta({ description: 'As it was when this began.' }),
  version: z.int().meta({ description: 'The version that publishing the draft would have made.' }),
  reason: z.string().nullable().meta({ description: 'Why it is no longer running.' }),
  createdAt: z.iso.datetime(),
  createdBy: z.string().meta({ description: 'Id of the API key.' }),
  updatedAt: z.iso.datetime(),
});

export const backtestView = trial
  .extend({
    id: z.string(),
    state: z
      .enum(['running', 'finished', 'cancelled', 'failed'])
      .meta({ description: 'What is over can be read for 90 days.' }),
    progress: z.object({ done: z.int(), total: z.int() }),
    report: report.meta({ description: 'Of the orders compared so far.' }),
  })
  .meta({ id: 'BacktestView' });

/** In lists the report is left to the one that is looked at. */
export const backtestListed = backtestView
  .omit({ report: true, draft: true })
  .extend({ compared: z.int(), changed: z.int() })
  .meta({ id: 'BacktestListed' });

export const shadowView = trial
  .extend({
    number: z.int().meta({ description: 'Counts the shadows of the scenario.' }),
    enabled: z.boolean(),
    seenUntil: z.iso.datetime().meta({ description: 'Decisions up to then are compared.' }),
    report,
  })
  .meta({ id: 'ShadowView' });
