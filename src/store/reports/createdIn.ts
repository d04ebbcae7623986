import type { PipelineStage } from 'mongoose';

import type { ReportRange } from './readReport.js';

/** Packages that began in the range; read by the index on `createdAt`. */
export const createdIn = ({ from, to }: ReportRange): PipelineStage.Match => ({
  $match: { createdAt: { $gte: from, $lt: to } },
});
