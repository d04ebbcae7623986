import { Schema } from 'mongoose';

import type { StockRow } from '../domain/configuration/integrations.js';
import type { PackageDraft } from '../domain/package/package.js';
import type { PlanCase, PlanResult, PlanStock } from '../domain/planning/planCase.js';
import type { TransferDraft } from '../domain/transfer/transfer.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import type { PlanningConfigurationRepository, RecordedConfiguration } from './planningConfigurations.js';
import { freshDecisionsOf } from './freshDecisions.js';
import { ownFilter } from './ownFilter.js';
import type { Hold } from './stockBook.js';

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
  /** The order's units had no place before; false when units that came back were planned again. */
  readonly isFresh: boolean;
  /** Parked because others were faster too often. */
  readonly isContended: boolean;
  readonly input: DecisionInput;
  readonly answer: PlanResult;
  readonly packages: readonly PackageDraft[];
  /** Found for a package that lacked goods; those of `packages` are in them. */
  readonly transfers?: readonly TransferDraft[];
  readonly claims: {
    readonly holds: readonly (Hold & { readonly limit: number })[];
    readonly places: readonly { readonly location: string; readonly package: string; readonly limit: number | null }[];
  };
}

/** What the planner was given beside the stock answer, which the decision has, and the configuration. */
export interface DecisionInput extends Omit<PlanCase, 'stock' | 'locations' | 'scenarios' | 'transferScenarios'> {
  /** Key of the configuration; older decisions have none. */
  readonly configuration?: string;
  /** Of the locations and SKUs of the stock answer, where there is any. */
  readonly reserved?: readonly Omit<PlanStock, 'quantity'>[];
  /** Time that the search might take. */
  readonly budgetMs?: number;
}

interface StoredDecision extends Decision {
  _id: string;
  /** By the clock of the database, so that decisions of all workers have one order. */
  plannedAt?: Date;
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
    plannedAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'decisions' },
);

// The decisions of an order, in their order.
schema.index({ order: 1, n: 1 });
// Reports: what was carried out in a range of time.
schema.index({ 'plan.at': 1 }, { partialFilterExpression: { status: 'planned' } });
// What was decided for orders of all kinds, one decision an order, in the order of time.
schema.index({ plannedAt: 1, _id: 1 }, { partialFilterExpression: { 'plan.isFresh': true } });

const decisionId = (order: string, n: number): string => `${order}#${n}`;

/** Every planning attempt with its inputs, its outcome and its explanation. */
export function createDecisionRepository(
  connection: Connection,
  configurations: Pick<PlanningConfigurationRepository, 'find'>,
) {
  const model = connection.model<StoredDecision>('Decision', schema);
  const toDecision = ({ _id: _, plannedAt: __, ...decision }: StoredDecision): Decision => decision;
  return {
    model,
    ...freshDecisionsOf(model),

    find: async (order: string, n: number): Promise<Decision | null> => {
      const found = await model.findById(decisionId(order, n)).lean<StoredDecision>();
      return found && toDecision(found);
    },

    ofOrder: async (order: string): Promise<Decision[]> =>
      (await model.find({ order }).sort({ n: 1 }).lean<StoredDecision[]>()).map(toDecision),

    /**
     * Everything that the planner was given, so that planning it again with the decision's `budgetMs` gives
     * the decision's `answer` byte for byte. Null for a decision that was not planned, or whose configuration
     * was not kept.
     */
    caseOf: async ({ stock, plan }: Pick<Decision, 'stock' | 'plan'>): Promise<PlanCase | null> => {
      if (plan?.input.configuration === undefined) return null;
      const configuration = await configurations.find(plan.input.configuration);
      return configuration && planCaseOf(plan.input, configuration, stock);
    },

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

    /** Writes what was planned and how far it got; that it is carried out is written once. */
    decide: async (order: string, n: number, status: Decision['status'], plan: DecisionPlan): Promise<void> => {
      const isRepeat = ownFilter<StoredDecision>({ status: { $ne: status } });
      await model.updateOne(
        { _id: decisionId(order, n), ...(status === 'planned' && isRepeat) },
        { $set: { status, plan }, ...(status === 'planned' && { $currentDate: { plannedAt: true } }) },
      );
    },
  };
}

/** Puts together what lies in several places: the same when it is planned and when it is read back. */
export function planCaseOf(
  { configuration: _, reserved = [], budgetMs: __, ...input }: DecisionInput,
  { locations, scenarios, transferScenarios }: RecordedConfiguration,
  stock: readonly StockRow[],
): PlanCase {
  const units = new Map(reserved.map((row) => [pairId(row), row.reserved]));
  const rows = stock.map((row) => ({ ...row, reserved: units.get(pairId(row)) ?? 0 }));
  return { ...input, locations, scenarios, transferScenarios, stock: rows };
}

/** No code or SKU has a bar in it. */
const pairId = ({ location, sku }: { location: string; sku: string }): string => `${location}|${sku}`;

export type DecisionRepository = ReturnType<typeof createDecisionRepository>;
