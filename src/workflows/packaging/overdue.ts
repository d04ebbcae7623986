import type { Overdue } from '../messages.js';
import { report } from './effects/report.js';
import type { PackageProcess } from './process.js';

/**
 * Nobody has touched the package for too long. A stale one gives up its goods and waits for a person; one that its
 * location has not accepted is planned elsewhere.
 */
export async function leaveOverdue(parcel: PackageProcess, { kind, before }: Overdue): Promise<void> {
  const isUntouched = () => parcel.record.state === 'waiting' && parcel.record.updatedAt < before;
  if (kind === 'stale') {
    return parcel.runSystem('grow_stale', async () => {
      if (isUntouched()) await parcel.move('stale_waiting');
    });
  }
  await parcel.runSystem('not_accepted', async () => {
    if (!isUntouched()) return;
    const reason = { kind: 'replanning', code: 'not_accepted', note: null } as const;
    await parcel.move('needs_rescheduling', { record: { reason } });
    await report(parcel, { kind: 'returned', excludeLocation: parcel.record.location });
  });
}
