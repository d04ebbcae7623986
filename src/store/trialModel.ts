import { Schema } from 'mongoose';

import type { Scenario } from '../domain/configuration/scenario.js';
import type { Instant } from '../domain/order/order.js';
import type { PlanFigures } from '../domain/planning/compare/figures.js';
import { SCHEMA_OPTIONS } from './connection.js';
import type { DecisionPlace } from './freshDecisions.js';

/** What a draft would have decided, beside what was decided: figures of both, and how far it has got. */
export interface TrialProgress {
  /** Decisions up to here are dealt with. */
  readonly place: DecisionPlace;
  readonly compared: number;
  /** Decisions that could not be planned again. */
  readonly skipped: number;
  readonly changed: number;
  readonly before: PlanFigures;
  readonly after: PlanFigures;
}

/** `failed`: its workflow ended without it; the reason says how. */
export type TrialState = 'running' | 'finished' | 'cancelled' | 'failed';

/** A draft, frozen, and how it is tried: against decisions of the past, or against those that come. */
export interface Trial extends TrialProgress {
  readonly id: string;
  readonly kind: 'backtest' | 'shadow';
  readonly scenario: string;
  /** Counts the shadows of a scenario; 0 for backtests. */
  readonly number: number;
  readonly draft: Scenario;
  /** The version that publishing the draft would have made. */
  readonly version: number;
  readonly state: TrialState;
  /** Why it is no longer running. */
  readonly reason: string | null;
  /** A backtest goes no further than this. */
  readonly until: Instant | null;
  /** Decisions to be compared; null where they are still to come. */
  readonly total: number | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly updatedAt: Instant;
}

/** An order that the draft would have planned otherwise. */
export interface TrialDifference {
  readonly order: string;
  /** Number of the decision. */
  readonly decision: number;
  /** When it was decided. */
  readonly at: Instant;
  readonly difference: string;
}

export interface StoredTrial extends Omit<Trial, 'id'> {
  _id: string;
  /** Name of the scenario while a shadow of it is running. */
  shadowOf?: string;
}

export interface StoredDifference extends TrialDifference {
  _id: string;
  trial: string;
}

const { Mixed } = Schema.Types;

export const trialSchema = new Schema<StoredTrial>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    scenario: { type: String, required: true },
    number: { type: Number, required: true },
    draft: { type: Mixed, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    reason: String,
    until: String,
    total: Number,
    place: { type: Mixed, required: true },
    compared: { type: Number, required: true },
    skipped: { type: Number, required: true },
    changed: { type: Number, required: true },
    before: { type: Mixed, required: true },
    after: { type: Mixed, required: true },
    createdAt: { type: String, required: true },
    createdBy: { type: String, required: true },
    updatedAt: { type: String, required: true },
    shadowOf: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'trials' },
);

// The list of backtests, newest first, of all scenarios and of one.
trialSchema.index({ kind: 1, createdAt: -1, _id: -1 });
trialSchema.index({ kind: 1, scenario: 1, createdAt: -1, _id: -1 });
// The latest shadow of a scenario.
trialSchema.index({ kind: 1, scenario: 1, number: -1 });
// What is running but has not moved, and what has been over for long.
trialSchema.index({ state: 1, updatedAt: 1 });
// One shadow of a scenario at a time.
trialSchema.index({ shadowOf: 1 }, { unique: true, partialFilterExpression: { shadowOf: { $type: 'string' } } });

export const differenceSchema = new Schema<StoredDifference>(
  {
    _id: { type: String, required: true },
    trial: { type: String, required: true },
    order: { type: String, required: true },
    decision: { type: Number, required: true },
    at: { type: String, required: true },
    difference: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'trial_differences' },
);

// The differences of a trial in the order in which they were decided.
differenceSchema.index({ trial: 1, at: 1, _id: 1 });
