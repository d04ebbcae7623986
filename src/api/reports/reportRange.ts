import { addDays, startOfDay } from '../../domain/calendar/days.js';
import { localTime } from '../../domain/calendar/localTime.js';
import { OmsError } from '../../platform/errors.js';
import type { ReportRange } from '../../store/reports/readReport.js';

const DAYS_BY_DEFAULT = 7;
/** A leap year. An hour more, since a day of a clock change has 25. */
const LONGEST_MS = (366 * 24 + 1) * 3_600_000;

interface AskedRange {
  /** A local day (`YYYY-MM-DD`) or an instant. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * The range that a caller means: days are whole days of the brand's time zone, the last one included.
 *
 * @throws {OmsError} `request.unprocessable` when it ends before it begins or is too long.
 */
export function reportRange({ from, to }: AskedRange, zone: string, now: Date): ReportRange {
  // As MongoDB knows the zone, however the brand has written it.
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
  const lastDay = to ?? localTime(now.toISOString(), timeZone).date;
  const end = isDay(lastDay) ? startOfDay(addDays(lastDay, 1), timeZone) : normalised(lastDay);
  const firstDay = from ?? addDays(localTime(justBefore(end), timeZone).date, 1 - DAYS_BY_DEFAULT);
  const start = isDay(firstDay) ? startOfDay(firstDay, timeZone) : normalised(firstDay);
  if (start >= end) throw refused('from', `must be before the end of the range, ${end}`);
  if (Date.parse(end) - Date.parse(start) > LONGEST_MS) throw refused('to', 'must be at most 366 days after `from`');
  return { from: start, to: end, timeZone };
}

/** The range of what is late: it never reaches beyond now, and goes back for a year when its beginning is not given. */
export function pastRange({ from, to }: AskedRange, zone: string, now: Date): ReportRange {
  const instant = now.toISOString();
  const aYearAgo = addDays(instant.slice(0, 'YYYY-MM-DD'.length), 1 - 365);
  const range = reportRange({ from: from ?? aYearAgo, to: to ?? instant }, zone, now);
  return range.to > instant ? { ...range, to: instant } : range;
}

const isDay = (moment: string): boolean => moment.length === 'YYYY-MM-DD'.length;

/** With milliseconds, as everything is stored, so that instants compare as text. */
const normalised = (instant: string): string => new Date(instant).toISOString();

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

const refused = (pointer: string, detail: string) =>
  new OmsError('request.unprocessable', `${pointer} ${detail}`, { errors: [{ pointer, detail }] });
