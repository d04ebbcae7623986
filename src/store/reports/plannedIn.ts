import type { PipelineStage } from 'mongoose';

import type { ReportRange } from './readReport.js';

/** Decisions that were carried out in the range; read by the index on `plan.at`. */
export const plannedIn = ({ from, to }: ReportRange): PipelineStage.Match => ({
  $match: { status: 'planned', 'plan.at': { $gte: from, $lt: to } },
});

/** Parked packages hold nothing and are no work for their location. */
const PARKED = 'out_of_stock';

/** The packages of a decision that are work for a location. */
export const working = {
  $filter: { input: '$plan.packages', as: 'parcel', cond: { $ne: ['$$parcel.state', PARKED] } },
};

export const parked = {
  $filter: { input: '$plan.packages', as: 'parcel', cond: { $eq: ['$$parcel.state', PARKED] } },
};

/** Units of all items of a list of packages. */
export const unitsOf = (packages: object | string) => ({
  $sum: { $map: { input: packages, as: 'parcel', in: { $sum: '$$parcel.items.quantity' } } },
});
