import { Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { freshDatabase, stack } from '../../support/stack.js';

test('servers of the run answer', async () => {
  const client = await MongoClient.connect(freshDatabase());
  const hello = await client.db('admin').command({ hello: 1 });
  await client.close();
  expect(hello).toMatchObject({ isWritablePrimary: true, setName: 'oms' });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: stack.temporalNamespace });
  expect(namespaceInfo?.name).toBe('default');
  await connection.close();
  expect(stack.timeSkippingExecutable).toMatch(/temporal-test-server/);
});
