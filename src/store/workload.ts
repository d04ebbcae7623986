import { ORDER_STATES } from '../domain/order/order.js';
import { PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import type { RecordStore } from './store.js';
import { ownFilter } from './ownFilter.js';

/** How much there is of one kind in one state. */
interface Amount {
  readonly kind: 'order' | 'package' | 'delivery';
  readonly state: string;
  readonly count: number;
}

export interface Workload {
  readonly amounts: readonly Amount[];
  /** When the oldest pending webhook delivery began; null when there is none. */
  readonly oldestDelivery: string | null;
}

const OPEN_ORDERS = ORDER_STATES.filter((state) => state !== 'completed' && state !== 'cancelled');
const OPEN_PACKAGES = (Object.keys(PACKAGE_STATES) as PackageState[]).filter((state) => !PACKAGE_STATES[state].final);
const DELIVERIES = ['pending', 'exhausted'] as const;

/** What is not over, counted by indexes: what is over, and grows for ever, is not looked at. */
export async function readWorkload(
  records: Pick<RecordStore, 'orders' | 'packages' | 'deliveries'>,
): Promise<Workload> {
  const { orders, packages, deliveries } = records;
  const [amounts, oldest] = await Promise.all([
    Promise.all<Amount>([
      ...OPEN_ORDERS.map(async (state) => {
        return { kind: 'order' as const, state, count: await orders.model.countDocuments(ownFilter({ state })) };
      }),
      ...OPEN_PACKAGES.map(async (state) => {
        return { kind: 'package' as const, state, count: await packages.model.countDocuments(ownFilter({ state })) };
      }),
      ...DELIVERIES.map(async (status) => {
        const count = await deliveries.model.countDocuments(ownFilter({ status }));
        return { kind: 'delivery' as const, state: status, count };
      }),
    ]),
    deliveries.model
      .findOne(ownFilter({ status: 'pending' as const }), { createdAt: 1 })
      .sort({ createdAt: 1, _id: 1 })
      .lean<{ createdAt: string }>(),
  ]);
  return { amounts, oldestDelivery: oldest?.createdAt ?? null };
}
