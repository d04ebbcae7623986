import type { EndedPackage } from '../../clients/lateRun.js';
import { allowedCommands, isFinal } from '../../domain/lifecycle/lifecycle.js';
import { DEFAULT_LIFECYCLE } from '../../domain/lifecycle/pinned.js';
import { OmsError } from '../../platform/errors.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import type { RecordStore } from '../../store/store.js';

interface Dependencies extends Pick<RecordStore, 'packages' | 'orders'> {
  readonly lifecycles: Pick<LifecycleRepository, 'packageTable' | 'pinOf'>;
}

/**
 * Sends a command to a package, and once more when it has ended and its life cycle still takes the command.
 *
 * @throws {OmsError} `package.illegal_transition` when it does not.
 */
export async function evenLate<Answer>(
  { packages, orders, lifecycles }: Dependencies,
  { number, command }: { readonly number: string; readonly command: string },
  send: (ended: EndedPackage | null) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(null);
  } catch (error) {
    if (!(error instanceof OmsError && error.code === 'workflow.ended')) throw error;
    const record = await packages.find(number);
    if (!record) throw error;
    const { state } = record;
    // A workflow that was ended by force is left to people.
    const table = await lifecycles.packageTable(record.lifecycle);
    const allowed = isFinal(table, state) ? allowedCommands(table, state).map((one) => String(one.command)) : [];
    if (!allowed.includes(command)) {
      const detail = `${number} has ended and cannot ${command} any more`;
      throw new OmsError('package.illegal_transition', detail, { context: { state, allowed } });
    }
    const order = await orders.find(record.order);
    const lifecycle = (await lifecycles.pinOf(record.lifecycle)) ?? DEFAULT_LIFECYCLE;
    return send({ record, channel: order?.order.channel ?? '', lifecycle });
  }
}
