import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import {
  createPlanningConfigurationRepository,
  type PlanningConfigurationRepository,
} from '../../../src/store/planningConfigurations.js';
import { freshDatabase } from '../../support/stack.js';
import { location } from '../../workflow/support/brand.js';

let uri: string;
let connection: Connection;
let configurations: PlanningConfigurationRepository;
let updates: number;

beforeEach(async () => {
  uri = freshDatabase();
  connection = await connectStore(uri, { monitorCommands: true });
  configurations = createPlanningConfigurationRepository(connection);
  await migrate(connection);
  updates = 0;
  connection.getClient().on('commandStarted', ({ commandName }) => {
    updates += commandName === 'update' ? 1 : 0;
  });
});

afterEach(() => connection.close());

const now = '2026-11-23T09:00:00.000Z';

const stores = (count: number, versions: Readonly<Record<string, number>> = {}) =>
  Array.from({ length: count }, (_, at) => {
    const code = `S${String(at).padStart(5, '0')}`;
    const version = versions[code] ?? 1;
    return { ...location(code, version), version, createdAt: now, updatedAt: now };
  });

const brandOf = (locations: ReturnType<typeof stores>) => ({ locations, scenarios: [], transferScenarios: [] });

const documents = () => configurations.model.countDocuments();

test('the same configuration again has the same key and costs no write', async () => {
  const key = await configurations.keep(brandOf(stores(3)));

  expect(await configurations.keep(brandOf(stores(3)))).toBe(key);
  expect(updates).toBe(1);
});

test('another process writes no second copy', async () => {
  const key = await configurations.keep(brandOf(stores(3)));
  const before = await documents();
  const other = await connectStore(uri);

  expect(await createPlanningConfigurationRepository(other).keep(brandOf(stores(3)))).toBe(key);
  expect(await documents()).toBe(before);
  await other.close();
});

test('one changed location rewrites its part and leaves the old configuration as it was', async () => {
  const key = await configurations.keep(brandOf(stores(1_200)));
  const before = await documents();

  const changed = await configurations.keep(brandOf(stores(1_200, { S00700: 2 })));

  expect(await documents()).toBe(before + 2);
  expect((await configurations.find(key))?.locations).toEqual(stores(1_200));
  expect((await configurations.find(changed))?.locations[700]).toMatchObject({ code: 'S00700', priority: 2 });
});

test('20,000 locations are kept and read back', async () => {
  const key = await configurations.keep(brandOf(stores(20_000)));

  expect((await configurations.find(key))?.locations).toHaveLength(20_000);
});

test('a configuration of which a part is lost is not taken for the whole', async () => {
  const key = await configurations.keep(brandOf(stores(600)));
  const keys = (await configurations.model.find({}, { _id: 1 })).map(({ _id }) => _id);
  await configurations.model.deleteOne({ _id: keys.find((kept) => kept !== key)! });

  expect(await configurations.find(key)).toBeNull();
});

test('a key that nothing was kept under gives nothing', async () => {
  expect(await configurations.find('0')).toBeNull();
});
