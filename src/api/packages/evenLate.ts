import type { EndedPackage } from '../../clients/lateRun.js';
import { packageSubject } from '../../domain/events/event.js';
import { allowedCommands, isFinal } from '../../domain/lifecycle/lifecycle.js';
import { DEFAULT_LIFECYCLE } from '../../domain/lifecycle/pinned.js';
import type { PackageRecord } from '../../domain/package/package.js';
import { OmsError } from '../../platform/errors.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import type { RecordStore } from '../../store/store.js';
import { carriedOutBy, isRepeat } from '../carriedOut.js';

interface Dependencies extends Pick<RecordStore, 'packages' | 'orders' | 'audit'> {
  readonly lifecycles: Pick<LifecycleRepository, 'packageTable' | 'pinOf'>;
}

interface Sent {
  readonly number: string;
  readonly body: { readonly command: string };
  /** Its `Idempotency-Key`. */
  readonly id: string | undefined;
}

/**
 * Sends a command to a package, and once more when it has ended and its life cycle still takes the command. The repeat
 * of one that was carried out is answered by the package as it is.
 *
 * @throws {OmsError} `package.illegal_transition` when it does not.
 */
export async function evenLate(
  { packages, orders, audit, lifecycles }: Dependencies,
  { number, body, id }: Sent,
  send: (ended: EndedPackage | null) => Promise<PackageRecord>,
): Promise<PackageRecord> {
  try {
    return await send(null);
  } catch (error) {
    if (!(error instanceof OmsError && error.code === 'workflow.ended')) throw error;
    const record = await packages.find(number);
    if (!record) throw error;
    const { state } = record;
    const handled = await carriedOutBy(audit, packageSubject(number));
    if (isRepeat(handled, body, id)) return record;
    // A workflow that was ended by force is left to people.
    const table = await lifecycles.packageTable(record.lifecycle);
    const allowed = isFinal(table, state) ? allowedCommands(table, state).map((one) => String(one.command)) : [];
    if (!allowed.includes(body.command)) {
      const detail = `${number} has ended and cannot ${body.command} any more`;
      throw new OmsError('package.illegal_transition', detail, { context: { state, allowed } });
    }
    const order = await orders.find(record.order);
    const lifecycle = (await lifecycles.pinOf(record.lifecycle)) ?? DEFAULT_LIFECYCLE;
    return send({ record, channel: order?.order.channel ?? '', lifecycle, handled });
  }
}
