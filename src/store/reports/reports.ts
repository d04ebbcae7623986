import type { DecisionRepository } from '../decisions.js';
import type { EventRepository } from '../events.js';
import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import type { TransferRepository } from '../transfers.js';
import { readLeadTimes } from './leadTimes.js';
import { readLocationLoad } from './locationLoad.js';
import { readLocationMovements } from './locationMovements.js';
import type { ReportRange } from './readReport.js';
import { readOverdue } from './overdue.js';
import { readRefusals } from './refusals.js';
import { readSplitRate } from './splitRate.js';
import { readTransferMovements } from './transferMovements.js';

interface Sources {
  readonly decisions: DecisionRepository;
  readonly packages: PackageRepository;
  readonly events: EventRepository;
  readonly transfers: TransferRepository;
}

/** Reports over a range of time, each one aggregation that reads nothing outside the range. */
export function createReports({ decisions, packages, events, transfers }: Sources) {
  return {
    splitRate: (range: ReportRange, page: PageRequest) => readSplitRate(decisions, range, page),
    locationLoad: (range: ReportRange, page: PageRequest) => readLocationLoad(decisions, range, page),
    locationMovements: (range: ReportRange, page: PageRequest) => readLocationMovements(packages, range, page),
    refusals: (range: ReportRange, page: PageRequest) => readRefusals({ packages, events }, range, page),
    overdue: (range: ReportRange, page: PageRequest) => readOverdue(packages, range, page),
    transferMovements: (range: ReportRange, page: PageRequest) => readTransferMovements(transfers, range, page),
    leadTimes: (range: ReportRange, page: PageRequest) => readLeadTimes(events, range, page),
  };
}
