import { z } from 'zod';

/** What a setting is: how it is checked, what it means, and its value until the brand says otherwise. */
interface SettingDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly unit: 'minutes' | 'days' | 'hours' | 'milliseconds' | 'attempts' | 'time of day' | 'time zone' | null;
  readonly default: z.output<Schema>;
  readonly description: string;
  /** What a change does to orders that are under way. */
  readonly onRunning: string;
}

const setting = <const Schema extends z.ZodType>(definition: SettingDefinition<Schema>) => definition;

const YEAR_IN_MINUTES = 525_600;

// Fractions are allowed: demonstrations and tests need seconds.
const minutes = z.number().positive().max(YEAR_IN_MINUTES);
const days = z.number().positive().max(3_650);
const count = z.int().min(1).max(100);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Every value that a brand can change at run time. Read through the settings repository. */
export const SETTINGS = {
  outOfStockRetryMinutes: setting({
    schema: minutes,
    unit: 'minutes',
    default: 30,
    description: 'How long a parked package waits before it is planned again.',
    onRunning: 'From the next planning of the order.',
  }),
  staleWaitingDays: setting({
    schema: days,
    unit: 'days',
    default: 15,
    description: 'How long a package may wait untouched before its reservation is dropped and a person decides.',
    onRunning: 'At once, also for packages that wait already.',
  }),
  staleWaitingCheckAt: setting({
    schema: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'),
    unit: 'time of day',
    default: '03:00',
    description: 'When stale packages are looked for, in the time zone of the brand.',
    onRunning: 'At once.',
  }),
  planningAttempts: setting({
    schema: count,
    unit: 'attempts',
    default: 5,
    description: 'How often a plan is made anew after a lost reservation race before the order is parked.',
    onRunning: 'From the next planning.',
  }),
  planningBudgetMs: setting({
    schema: z.int().min(1).max(60_000),
    unit: 'milliseconds',
    default: 250,
    description: 'How long the planner may search for a better plan of a live order.',
    onRunning: 'From the next planning.',
  }),
  discrepancyTtlHours: setting({
    schema: z.number().positive().max(8_760),
    unit: 'hours',
    default: 72,
    description: 'How long a location that lacked a SKU is not asked for it again, unless its stock answer changes.',
    onRunning: 'For what is reported from now on.',
  }),
  allowReplacement: setting({
    schema: z.boolean(),
    unit: null,
    default: false,
    description: 'Whether staff may replace a product by another.',
    onRunning: 'From the next command.',
  }),
  reservationGraceAfterPackMinutes: setting({
    schema: z.number().min(0).max(YEAR_IN_MINUTES),
    unit: 'minutes',
    default: 0,
    description: 'How long a reservation outlives packing, for stock services that book late.',
    onRunning: 'For what is packed from now on.',
  }),
  clickAndCollectRefusal: setting({
    schema: z.enum(['manual', 'replan']),
    unit: null,
    default: 'manual',
    description: 'What a refused click-and-collect package does: wait for a person, or be planned elsewhere.',
    onRunning: 'From the next refusal.',
  }),
  packageAcceptMinutes: setting({
    schema: minutes.nullable(),
    unit: 'minutes',
    default: null,
    description: 'After how long a package that nobody touched is taken back and planned elsewhere; null: never.',
    onRunning: 'At once, also for packages that wait already.',
  }),
  trackingPollMinutes: setting({
    schema: minutes,
    unit: 'minutes',
    default: 30,
    description:
      'How often the carrier is asked where a shipment is; up to four times as seldom after hours of silence.',
    onRunning: 'From the next poll.',
  }),
  trackingExpireDays: setting({
    schema: days,
    unit: 'days',
    default: 30,
    description: 'After how long a shipment without an end is no longer tracked.',
    onRunning: 'From the next poll.',
  }),
  webhookMaxAttempts: setting({
    schema: count,
    unit: 'attempts',
    default: 10,
    description: 'How often a delivery is tried where the endpoint does not say.',
    onRunning: 'From the next attempt.',
  }),
  piiRetentionDays: setting({
    schema: days.nullable(),
    unit: 'days',
    default: null,
    description: 'How long personal data is kept after an order ended; null: no limit.',
    onRunning: 'None yet: nothing is removed.',
  }),
  timeZone: setting({
    schema: z.string().max(64).refine(isTimeZone, 'must be an IANA time zone'),
    unit: 'time zone',
    default: 'UTC',
    description: 'Time zone of the brand.',
    onRunning: 'At once for daily checks; due times of packages stay as they are.',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** All settings with their values. */
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };
