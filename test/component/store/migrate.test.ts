import { createConfigurationStore } from '../../../src/store/configuration.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore } from '../../../src/store/store.js';
import { useDatabase } from '../api/support/database.js';

const database = useDatabase();

test('migrating builds every declared index, and once more changes nothing', async () => {
  createConfigurationStore(database());
  createRecordStore(database());

  await migrate(database());
  await migrate(database());

  for (const model of Object.values(database().models)) {
    const built = (await model.collection.indexes()).map(({ key }) => JSON.stringify(key));
    const declared = model.schema.indexes().map(([key]) => JSON.stringify(key));
    expect([model.modelName, built]).toEqual([model.modelName, expect.arrayContaining(declared)]);
  }
  const [ttl] = (await database().models['IdempotencyRecord']?.collection.indexes())?.filter(
    ({ expireAfterSeconds }) => expireAfterSeconds === 0,
  ) ?? [undefined];
  expect(ttl?.key).toEqual({ expiresAt: 1 });
});
