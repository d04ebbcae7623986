import type { WorkflowStates } from '../../clients/workflowStates.js';
import type { OrderRecord } from '../../domain/order/order.js';
import type { PackageRecord } from '../../domain/package/package.js';
import type { TransferRecord } from '../../domain/transfer/transfer.js';
import { auditEntry } from '../../domain/audit/audit.js';
import { holderOf } from '../../domain/reservations/holder.js';
import type { Repair, Violation } from '../../domain/verify/books.js';
import { claimantsOf } from '../../store/claimants.js';
import type { RecordStore } from '../../store/store.js';
import { recordOf } from './targets.js';

interface RepairDependencies {
  readonly records: RecordStore;
  readonly workflows: WorkflowStates;
  readonly now: () => Date;
}

/** What was done about a violation. */
interface Done {
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly version: number;
  readonly detail: string;
}

/**
 * Repairs what has only one truth: a hold that nobody needs is given back, and a record that is older than its
 * workflow is written again. Each repair looks once more before it writes, and is audited.
 *
 * @returns false when there was nothing to do any more, or nothing safe.
 */
export async function repair(
  dependencies: RepairDependencies,
  { invariant, repair: wanted }: Violation,
): Promise<boolean> {
  if (!wanted) return false;
  const done = await carryOut(dependencies, wanted);
  if (!done) return false;
  const at = dependencies.now().toISOString();
  await dependencies.records.audit.add(
    auditEntry({
      id: `repair/${done.subject}/${at}`,
      ...{ at, command: 'repair', by: 'oms verify', way: 'cli', outcome: 'accepted', ...done },
      ...{ commandId: null, content: null },
      detail: `invariant ${invariant}: ${done.detail}`,
    }),
  );
  return true;
}

async function carryOut({ records, workflows, now }: RepairDependencies, wanted: Repair): Promise<Done | null> {
  if (wanted.kind === 'release_hold') return releaseHold(records, wanted);
  const { state } = await workflows.ask(wanted.subject);
  const before = await recordOf(records, wanted.subject);
  if (!state || (before && before.version >= state.version)) return null;
  await save(records, wanted.subject, state, now().getTime());
  return {
    ...{ subject: wanted.subject, before: before?.state ?? null, after: state.state, version: state.version },
    detail: 'the record is written again from its workflow',
  };
}

async function releaseHold(
  records: RecordStore,
  { hold, order }: Extract<Repair, { kind: 'release_hold' }>,
): Promise<Done | null> {
  const { holds } = await records.stockLists.at(hold.location, hold.sku);
  const taken = holds.find(({ key, quantity }) => key === hold.key && quantity === hold.quantity);
  if (!taken || holderOf(taken, await claimantsOf(records, order)) !== null) return null;
  if (!(await records.stockLists.drop(taken))) return null;
  return {
    ...{ subject: `order/${order}`, before: null, after: null, version: 0 },
    detail: `${hold.quantity} of ${hold.sku} at ${hold.location}, held under ${hold.key}, are given back`,
  };
}

/** The subject tells which record its workflow owns. */
function save(
  { orders, packages, transfers }: RecordStore,
  subject: string,
  state: OrderRecord | PackageRecord | TransferRecord,
  at: number,
): Promise<boolean> {
  if (subject.startsWith('order/')) return orders.save(state as OrderRecord, at);
  if (subject.startsWith('package/')) return packages.save(state as PackageRecord, at);
  return transfers.save(state as TransferRecord, at);
}
