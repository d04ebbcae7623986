import type { DecisionRepository } from '../decisions.js';
import type { EventRepository } from '../events.js';
import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import { readLeadTimes } from './leadTimes.js';
import { readLocationLoad } from './locationLoad.js';
import { readLocationMovements } from './locationMovements.js';
import type { ReportRange } from './readReport.js';
import { readRefusals } from './refusals.js';
import { readSplitRate } from './splitRate.js';

interface Sources {
  readonly decisions: DecisionRepository;
  readonly packages: PackageRepository;
  readonly events: EventRepository;
}

/** Reports over a range of time, each one aggregation that reads nothing outside the range. */
export function createReports({ decisions, packages, events }: Sources) {
  return {
    splitRate: (range: ReportRange, page: PageRequest) => readSplitRate(decisions, range, page),
    locationLoad: (range: ReportRange, page: PageRequest) => readLocationLoad(decisions, range, page),
    locationMovements: (range: ReportRange, page: PageRequest) => readLocationMovements(packages, range, page),
    refusals: (range: ReportRange, page: PageRequest) => readRefusals(packages, range, page),
    leadTimes: (range: ReportRange, page: PageRequest) => readLeadTimes(events, range, page),
  };
}
