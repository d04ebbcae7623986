import { Schema } from 'mongoose';

import type { StockRow } from '../domain/configuration/integrations.js';
import type { PackageDraft } from '../domain/package/package.js';
import type { PlanResult } from '../domain/planning/planCase.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import type { Hold } from './reservations.js';

/**
 * A planning decision, from the stock inquiry on. `proposed` before its reservations are taken, so that a
 * repeat after a crash carries out the same plan instead of making another one.
 */
export interface Decision {
  readonly order: string;
  /** Counted from 1 per order. */
  readonly n: number;
  readonly status: 'inquired' | 'proposed' | 'planned' | 'conflict';
  readonly stockAt: string;
  readonly stock: readonly StockRow[];
  readonly plan: DecisionPlan | null;
}

/** What was planned. The claims carry their limits, so that they can be taken again as they were meant. */
export interface DecisionPlan {
  readonly at: string;
  /** SHA-256 of what was asked, to tell a repeat from a new request. */
  readonly requestHash: string;
  /** SHA-256 of everything the planner was given. */
  readonly inputHash: string;
  /** Parked because others were faster too often. */
  readonly isContended: boolean;
  /** What the planner was given beside stock and configuration, which the decision and the version have. */
  readonly input: unknown;
  readonly answer: PlanResult;
  readonly packages: readonly PackageDraft[];
  readonly claims: {
    readonly holds: readonly (Hold & { readonly limit: number })[];
    readonly places: readonly { readonly location: string; readonly package: string; readonly limit: number | null }[];
  };
}

interface StoredDecision extends Decision {
  _id: string;
}

const { Mixed } = Schema.Types;

const schema = new Schema<StoredDecision>(
  {
    _id: { type: String, required: true },
    order: { type: String, required: true },
    n: { type: Number, required: true },
    status: { type: String, required: true },
    stockAt: { type: String, required: true },
    stock: { type: Mixed, required: true },
    plan: Mixed,
  },
  { ...SCHEMA_OPTIONS, collection: 'decisions' },
);

// The decisions of an order, in their order.
schema.index({ order: 1, n: 1 });

const decisionId = (order: string, n: number): string => `${order}#${n}`;

/** Every planning attempt with its inputs, its outcome and its explanation. */
export function createDecisionRepository(connection: Connection) {
  const model = connection.model<StoredDecision>('Decision', schema);
  const toDecision = ({ _id: _, ...decision }: StoredDecision): Decision => decision;
  return {
    model,

    find: async (order: string, n: number): Promise<Decision | null> => {
      const found = await model.findById(decisionId(order, n)).lean<StoredDecision>();
      return found && toDecision(found);
    },

    ofOrder: async (order: string): Promise<Decision[]> =>
      (await model.find({ order }).sort({ n: 1 }).lean<StoredDecision[]>()).map(toDecision),

    /** Opens decision `n` with a fresh stock answer. One that has been planned already stays as it is. */
    open: async (order: string, n: number, stock: readonly StockRow[], at: Date): Promise<void> => {
      const _id = decisionId(order, n);
      const fresh = { order, n, status: 'inquired' as const, stockAt: at.toISOString(), stock, plan: null };
      try {
        await model.updateOne({ _id, status: 'inquired' }, { $set: fresh }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /** Writes what was planned and how far it got. */
    decide: async (order: string, n: number, status: Decision['status'], plan: DecisionPlan): Promise<void> => {
      await model.updateOne({ _id: decisionId(order, n) }, { $set: { status, plan } });
    },
  };
}

export type DecisionRepository = ReturnType<typeof createDecisionRepository>;
