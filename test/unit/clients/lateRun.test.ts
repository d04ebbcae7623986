import { lateRun } from '../../../src/clients/lateRun.js';
import { NO_CHANGES, type LifecycleChanges } from '../../../src/domain/lifecycle/changes.js';
import { pinned } from '../../../src/domain/lifecycle/pinned.js';
import { parcel } from '../../component/api/support/orders.js';

test('a late run goes by the life cycle that the package has kept, and its record still names it', () => {
  const changes: LifecycleChanges = { ...NO_CHANGES, commands: { update_shipment: { off: true } } };
  const lifecycle = pinned({ name: 'package', version: 3 }, changes);
  const record = parcel('R1', 1, { state: 'delivered', lifecycle: { name: 'package', version: 3 } });

  const [input, memory] = lateRun({ record, channel: 'web', lifecycle, handled: [] }, 'oms').args;

  expect(input.lifecycle).toEqual(lifecycle);
  expect(memory.record).toEqual(record);
});
