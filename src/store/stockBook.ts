import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';

/** Units of one SKU held at one location for one package item. `key` makes taking and giving back repeatable. */
export interface Hold {
  readonly key: string;
  readonly location: string;
  readonly sku: string;
  /** Whole pieces. */
  readonly quantity: number;
  readonly order: string;
  readonly package: string;
  readonly item: string;
}

/**
 * A location said that it does not have goods which its stock answer promised. New orders do not ask it
 * for the SKU again until `until`, or until the stock service answers another number.
 */
export interface Discrepancy {
  /** Makes writing it repeatable. */
  readonly key: string;
  readonly location: string;
  readonly sku: string;
  /** Units that were missing. */
  readonly quantity: number;
  readonly order: string;
  readonly since: string;
  readonly until: string;
  /** What the stock service had answered. */
  readonly answered: number;
}

type Of<Entry> = Omit<Entry, 'location' | 'sku'>;

/** Everything that is known about one SKU at one location beside its stock answer, in one document. */
export interface StockPage {
  _id: string;
  location: string;
  sku: string;
  /** Sum of the holds. */
  reserved: number;
  /** `until`: its item has left; it ends by itself then. */
  holds: (Of<Hold> & { since: string; until?: string })[];
  discrepancies?: Of<Discrepancy>[];
}

const schema = new Schema<StockPage>(
  {
    _id: { type: String, required: true },
    location: { type: String, required: true },
    sku: { type: String, required: true },
    reserved: { type: Number, required: true },
    holds: [
      {
        _id: false,
        key: String,
        quantity: Number,
        order: String,
        package: String,
        item: String,
        since: String,
        until: String,
      },
    ],
    discrepancies: {
      type: [
        { _id: false, key: String, quantity: Number, order: String, since: String, until: String, answered: Number },
      ],
      default: undefined,
    },
  },
  { ...SCHEMA_OPTIONS, collection: 'reservations' },
);

// What is reserved and reported missing of the SKUs of an order, at all locations.
schema.index({ sku: 1, location: 1 });
// Everything an order holds, when it is cancelled or checked.
schema.index({ 'holds.order': 1 });
// The books row by row, without the documents that have become empty.
schema.index(
  { location: 1, sku: 1 },
  { name: 'holds_in_order', partialFilterExpression: { 'holds.0': { $exists: true } } },
);
schema.index(
  { location: 1, sku: 1 },
  { name: 'discrepancies_in_order', partialFilterExpression: { 'discrepancies.0': { $exists: true } } },
);
// Holds that outlive their items for a while.
schema.index({ 'holds.until': 1 }, { partialFilterExpression: { 'holds.until': { $exists: true } } });
// What locations reported missing.
schema.index({ 'discrepancies.key': 1 }, { partialFilterExpression: { 'discrepancies.0': { $exists: true } } });

export const stockPageModel = (connection: Connection) => connection.model<StockPage>('Reservation', schema);

/** No code or SKU has a bar in it, so the pair has one id. */
export const stockPageId = (location: string, sku: string): string => `${location}|${sku}`;
