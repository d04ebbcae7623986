import { Schema } from 'mongoose';

import type { StockRow } from '../domain/configuration/integrations.js';
import type { Units } from '../domain/order/order.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';

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

export interface DecisionPlan {
  readonly at: string;
  /** Units that were to be placed, by line. */
  readonly demand: Units;
  /** SHA-256 over the whole input. */
  readonly inputHash: string;
  /** What the planner was given beside the stock, and what it answered. */
  readonly input: unknown;
  readonly answer: unknown;
  /** Packages as numbered and reserved. */
  readonly packages: readonly unknown[];
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
