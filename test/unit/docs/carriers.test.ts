import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { historyAnswer, shipmentAnswer, shipmentStatus } from '../../../src/clients/carriers/shipmentFlowContract.js';
import { SHIPMENT_STATUSES } from '../../../src/domain/shipment/shipment.js';
import { carrier, trackingPush } from '../../../src/schemas/carrier.js';

const page = readFileSync(join(import.meta.dirname, '../../../docs/integrate/carriers.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json ?? '') as object);
const [, shipment, news, setup, push] = examples;

test('the examples of the page are what the schemas take', () => {
  expect(examples).toHaveLength(5);
  expect(shipmentAnswer.parse(shipment)).toEqual(shipment);
  expect(historyAnswer.parse(news)).toEqual(news);
  expect(carrier.parse({ code: 'swift', ...setup })).toMatchObject(setup ?? {});
  expect(trackingPush.parse(push)).toEqual(push);
});

test('the table of codes is what the adapter knows, row for row', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_]+)`\s+\| `([a-z_]+)`/gm)].map(([, code = '', status]) => [code, status]);

  expect(rows).toHaveLength(13);
  for (const [code = '', status] of rows) expect([code, shipmentStatus(code)]).toEqual([code, status]);
  expect(new Set(rows.map(([, status]) => status)).size).toBe(Object.keys(SHIPMENT_STATUSES).length - 2);
});
