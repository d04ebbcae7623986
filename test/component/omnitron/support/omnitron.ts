import type { PackageRecord } from '../../../../src/domain/package/package.js';
import { PACKAGE_LIFECYCLE, type PackageState } from '../../../../src/domain/lifecycle/packageLifecycle.js';
import { packageSubject } from '../../../../src/domain/events/event.js';
import { startOmnitron, type OmnitronSimulator } from '../../../../src/local/simulators/omnitron.js';
import { createLogger } from '../../../../src/platform/log.js';
import { omnitronConnection } from '../../../../src/schemas/omnitron/connection.js';
import { toPackageView } from '../../../../src/schemas/packageView.js';
import { createConfigurationStore, type ConfigurationStore } from '../../../../src/store/configuration.js';
import { migrate } from '../../../../src/store/migrate.js';
import { createRecordStore, type RecordStore } from '../../../../src/store/store.js';
import { createOmnitronTurn } from '../../../../src/workers/omnitron/omnitronLoop.js';
import { omnitronOrders, type Any } from '../../../support/omnitronOrders.js';
import { useDatabase } from '../../api/support/database.js';
import { createFakeOrchestrator } from '../../api/support/orchestrator.js';
import { parcel } from '../../api/support/orders.js';

const LOGIN = { username: 'oms', password: 'secret' };

/** A brand with an Omnitron of its own, the loop that works with it, and a clock that tests turn. */
export function useOmnitron() {
  const database = useDatabase();

  let omnitron: OmnitronSimulator;
  let configuration: ConfigurationStore;
  let records: RecordStore;
  let workflows: ReturnType<typeof createFakeOrchestrator>;
  let turn: () => Promise<void>;
  let clock: Date;

  beforeAll(async () => {
    configuration = createConfigurationStore(database());
    records = createRecordStore(database());
    await migrate(database());
    const now = new Date();
    const place = { name: 'Store 12', type: 'store' as const, active: true, priority: 1, stockEngine: 'erp', tags: [] };
    await configuration.locations.create(
      'S12',
      {
        ...place,
        code: 'S12',
        omnitronId: '12',
        roles: ['packs', 'pickupPoint'],
        safetyStock: { default: 0, skus: {} },
        address: { country: 'TR' },
        senderAddresses: {},
        attributes: {},
      },
      now,
    );
    const reason = { code: 'customer', title: 'The customer', remoteId: '3', priority: 1, active: true };
    await configuration.cancellationReasons.create('customer', reason, now);
  });

  beforeEach(async () => {
    for (const model of Object.values(database().models)) {
      if (/omnitron_|^orders$|^packages$|^events$/.test(model.collection.name)) await model.deleteMany({});
    }
    clock = new Date();
    omnitron = await startOmnitron({ login: LOGIN, orders: omnitronOrders() });
    workflows = createFakeOrchestrator();
    workflows.fake.onCommand = () => ({});
    turn = createOmnitronTurn({
      ...{ records, configuration, orchestrator: workflows.orchestrator, allow: ['127.0.0.0/8'] },
      log: createLogger({ level: 'silent' }),
      now: () => clock,
    });
    await connect({ pull: { enabled: true, everySeconds: 1 } });
  });

  afterEach(() => omnitron.stop());

  async function connect(more: object): Promise<void> {
    const connection = omnitronConnection.parse({
      ...{ url: omnitron.url, auth: LOGIN, timeoutMs: 300, shippingCompanies: { swift: 'yurtici' } },
      orders: { cancellationReason: 'customer' },
      ...more,
    }) as Any;
    await configuration.omnitron.remove('omnitron', clock);
    await configuration.omnitron.create('omnitron', connection, clock);
  }

  /** Lets the time pass that an attempt or a pull waits, and takes a turn. */
  async function nextTurn(): Promise<void> {
    clock = new Date(clock.getTime() + 700_000);
    await turn();
  }

  const fault = (one: object) => fetch(`${omnitron.url}/control`, { method: 'POST', body: JSON.stringify(one) });
  const clear = () => fetch(`${omnitron.url}/control`, { method: 'DELETE' });
  const item = (pk: number): Any => omnitron.rows('order_items').find((one) => one['pk'] === pk);
  const theirs = (number: string): Any => omnitron.rows('orders').find((one) => one['number'] === number);
  const report = (number: string) => records.omnitronReports.find(number);

  let recorded = 0;

  /** What a package's workflow writes: the record and its event. */
  async function move(number: string, state: PackageState, more: Partial<PackageRecord> = {}): Promise<void> {
    const [order = ''] = number.split('P');
    const lines = (await records.orders.find(order))?.order.lines ?? [];
    const items = lines.map(({ id, sku, name, quantity, unitPrice }) => ({
      id,
      lineId: id,
      sku,
      name,
      quantity,
      unitPrice,
    }));
    const sequence = ((await records.packages.find(number))?.sequence ?? 0) + 1;
    const record = parcel(order, 1, { number, items, state, sequence, version: sequence, ...more });
    await records.packages.save(record, ++recorded);
    const event = { subject: packageSubject(number), sequence, type: 'package.status.transitioned' as const };
    const data = toPackageView(record, PACKAGE_LIFECYCLE);
    await records.events.append([{ ...event, timestamp: clock.toISOString(), order, data }], recorded);
  }

  return {
    ...{ connect, nextTurn, fault, clear, item, theirs, report, move },
    /** The loop's own turn, without any time passing. */
    turn: () => turn(),
    omnitron: () => omnitron,
    records: () => records,
    workflows: () => workflows.fake,
    now: () => clock,
  };
}

/** A shipment with the carrier that Omnitron calls `yurtici`. */
export const shipment = (trackingNumber: string) => ({
  shipment: {
    ...{ id: 'R1001P1', carrier: 'swift', trackingNumber, queryNumber: null, awbNumber: null, label: null },
    ...{ parcels: [], status: 'unknown' as const, events: [] },
  },
});
