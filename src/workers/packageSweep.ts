import type { Orchestrator } from '../clients/orchestrator.js';
import { lastTimeOfDay } from '../domain/calendar/lastTimeOfDay.js';
import type { Settings } from '../platform/settings.js';
import type { PackageRepository } from '../store/packages.js';
import type { Overdue } from '../workflows/messages.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const AT_ONCE = 500;

interface Dependencies {
  readonly packages: Pick<PackageRepository, 'untouched'>;
  readonly settings: { read(): Promise<Settings> };
  readonly orchestrator: Pick<Orchestrator, 'tellOverdue'>;
}

/**
 * Tells packages that nobody has touched for too long. A sweep instead of a timer in each workflow: it costs an
 * order nothing, and a changed setting holds for all packages at once. What is told twice is heard once.
 */
export async function sweepPackages({ packages, settings, orchestrator }: Dependencies, now: Date): Promise<void> {
  const { packageAcceptMinutes, staleWaitingDays, staleWaitingCheckAt, timeZone } = await settings.read();
  const tell = async (overdue: Overdue) => {
    const numbers = await packages.untouched(overdue.before, AT_ONCE);
    for (const number of numbers) await orchestrator.tellOverdue(number, overdue);
  };
  if (packageAcceptMinutes !== null)
    await tell({ kind: 'not_accepted', before: earlier(now, packageAcceptMinutes * MINUTE_MS) });
  // Stale is what was at the last daily check, so that packages leave in the night and not while staff looks.
  const checkedAt = new Date(lastTimeOfDay(now.toISOString(), staleWaitingCheckAt, timeZone));
  await tell({ kind: 'stale', before: earlier(checkedAt, staleWaitingDays * DAY_MS) });
}

const earlier = (than: Date, ms: number): string => new Date(than.getTime() - ms).toISOString();
