import { Schema, type Model } from 'mongoose';

import { ownFilter } from './ownFilter.js';
import { before, toPage, type Page, type PageRequest } from './page.js';

const { Mixed } = Schema.Types;

/** What is stored of a record beside itself. */
export interface Owned {
  _id: string;
  /** Workflow time of the write, in ms; see `writeGuarded`. */
  recordedAt: number;
}

/** Fields of every record that a workflow owns. */
export const OWNED_FIELDS = {
  _id: { type: String, required: true },
  state: { type: String, required: true },
  version: { type: Number, required: true },
  sequence: { type: Number, required: true },
  createdAt: { type: String, required: true },
  updatedAt: { type: String, required: true },
  recordedAt: { type: Number, required: true },
} as const;

/**
 * Fields of packages and transfers: work orders of one order. The nested parts are plain values that a workflow
 * wrote; zod checked what came from outside.
 */
export const WORK_FIELDS = {
  ...OWNED_FIELDS,
  number: { type: String, required: true },
  order: { type: String, required: true },
  items: { type: Mixed, required: true },
  isReserved: { type: Boolean, required: true },
  shipment: Mixed,
  reason: Mixed,
  lifecycle: { type: Mixed, required: true },
} as const;

/** The record as its workflow wrote it. */
export function toRecord<Stored extends Owned>({ _id, recordedAt: _, ...record }: Stored): Omit<Stored, keyof Owned> {
  return record;
}

/** A page of what matches `filter`, newest first, stable while more is written. */
export async function newestFirst<Stored extends Owned & { readonly createdAt: string }>(
  model: Model<Stored>,
  filter: object,
  { limit, cursor }: PageRequest,
): Promise<Page<Omit<Stored, keyof Owned>>> {
  const found = await model
    .find(ownFilter({ $and: [filter, before(cursor)] }) as object)
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean<Stored[]>();
  const { items, next } = toPage(found, limit, ({ createdAt, _id }) => [createdAt, _id]);
  return { items: items.map(toRecord), next };
}

/** Numbers that differ only in what they count up. */
export const byNumber = (a: { readonly number: string }, b: { readonly number: string }): number =>
  a.number.length - b.number.length || (a.number < b.number ? -1 : 1);
