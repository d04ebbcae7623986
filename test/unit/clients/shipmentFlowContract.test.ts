import { historyAnswer, shipmentAnswer, shipmentStatus } from '../../../src/clients/carriers/shipmentFlowContract.js';

test.each([
  ['CREATED', 'info_received'],
  ['SHIPPING', 'in_transit'],
  ['OUT_FOR_DELIVERY', 'out_for_delivery'],
  ['DELIVERED', 'delivered'],
  ['DELETED', 'cancelled'],
  ['LOST', 'exception'],
  ['WENT_FOR_A_WALK', 'unknown'],
  ['toString', 'unknown'],
  ['__proto__', 'unknown'],
])('%s of the carrier is %s', (rawCode, expected) => {
  expect(shipmentStatus(rawCode)).toBe(expected);
});

test.each([
  ['no tracking number', shipmentAnswer, { label: null }],
  ['an empty tracking number', shipmentAnswer, { trackingNumber: '' }],
  ['a label that is a script', shipmentAnswer, { trackingNumber: 'T1', label: 'javascript:alert(1)' }],
  ['an event without its time', historyAnswer, { events: [{ status: 'CREATED' }] }],
  ['a list without its name', historyAnswer, [{ status: 'CREATED', at: '2026-11-23T09:00:00Z' }]],
])('does not understand %s', (_what, schema, answer) => {
  expect(schema.safeParse(answer).success).toBe(false);
});
