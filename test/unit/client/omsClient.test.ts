import type { Client } from '@temporalio/client';

import { createOmsClient } from '../../../src/client/index.js';
import { orderBody } from '../../component/api/support/orders.js';

/** A Temporal that nobody may call. */
const nobody = { workflow: {} } as unknown as Client;
const oms = createOmsClient(nobody, { by: 'shop' });

test.each([
  ['no lines', { lines: [] }, '/lines'],
  ['a number of a package', { number: 'R1P1' }, '/number'],
  ['a field that there is not', { coupon: 'X' }, ''],
  [
    'a price below zero',
    { lines: [{ id: '1', sku: 'A', name: 'A', quantity: 1, unitPrice: -1 }] },
    '/lines/0/unitPrice',
  ],
])('startOrder, %s: refused with its pointer before Temporal hears of it', async (_case, change, pointer) => {
  await expect(oms.startOrder({ ...orderBody('R1'), ...change } as never)).rejects.toMatchObject({
    code: 'request.malformed',
    options: { errors: [{ pointer }] },
  });
});

test('commandPackage, a command that there is not: refused before Temporal hears of it', async () => {
  await expect(oms.commandPackage('R1P1', { command: 'dance' } as never)).rejects.toMatchObject({
    code: 'request.malformed',
  });
});
