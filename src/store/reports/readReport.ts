import type { Model, PipelineStage } from 'mongoose';

import { decodeCursor, toPage, type Page, type PageRequest } from '../page.js';

/** What a report is about: from an instant on, to before another, with days as one time zone has them. */
export interface ReportRange {
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface Report<Row, Total> extends Page<Row> {
  readonly total: Total;
}

interface ReportPipeline {
  /** From the range to one document per row. */
  readonly rows: readonly PipelineStage[];
  /** Fields that sort the rows and tell them apart, all text. */
  readonly key: readonly string[];
  /** From all rows to one document about all of them. */
  readonly total: readonly PipelineStage.FacetPipelineStage[];
}

/** A page of rows and the totals of the whole range, in one aggregation. */
export async function readReport<Row extends object, Total>(
  model: Pick<Model<never>, 'aggregate'>,
  { rows, key, total }: ReportPipeline,
  { limit, cursor }: PageRequest,
): Promise<{ page: Page<Row>; total: Total | null }> {
  const [found] = await model.aggregate<{ items: Row[]; total: Total[] }>([
    ...rows,
    {
      $facet: {
        items: [
          { $match: cursor === undefined ? {} : after(key, decodeCursor(cursor, key.length)) },
          { $sort: Object.fromEntries(key.map((field) => [field, 1 as const])) },
          { $limit: limit + 1 },
        ],
        total: [...total],
      },
    },
  ]);
  const keyOf = (row: Row) => key.map((field) => String((row as Record<string, unknown>)[field]));
  return { page: toPage(found?.items ?? [], limit, keyOf), total: found?.total[0] ?? null };
}

/** What comes later in the order of the key. */
function after(key: readonly string[], values: readonly (string | number)[]) {
  const alternatives = key.map((field, index) => ({
    ...Object.fromEntries(key.slice(0, index).map((same, at) => [same, values[at]])),
    [field]: { $gt: values[index] },
  }));
  return { $or: alternatives };
}

/** The local day (`YYYY-MM-DD`) of a field that holds an instant as text. */
export const dayOf = (field: string, timeZone: string) => ({
  $dateToString: { date: { $dateFromString: { dateString: field } }, format: '%Y-%m-%d', timezone: timeZone },
});

/** A part of a whole, to four decimals; null of nothing. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
