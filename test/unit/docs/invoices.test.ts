import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { invoiceAnswer, invoiceQuestion } from '../../../src/schemas/invoice.js';
import { lifecycleChanges } from '../../../src/schemas/lifecycle.js';

const page = readFileSync(join(import.meta.dirname, '../../../docs/integrate/invoices.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json ?? '') as unknown);

test('the examples of the page are what the schemas take, without a field that they do not know', () => {
  const schemas = [lifecycleChanges, z.strictObject(invoiceQuestion.shape), z.strictObject(invoiceAnswer.shape)];

  expect(examples).toHaveLength(schemas.length);
  for (const [index, schema] of schemas.entries()) expect(schema.safeParse(examples[index]).error).toBeUndefined();
});

test('the question of the page adds up', () => {
  const { items, total, cashOnDelivery } = invoiceQuestion.parse(examples[1]);

  for (const item of items) expect(item.net).toBe(item.unitPrice * item.quantity - item.discount);
  expect([total, cashOnDelivery]).toEqual([items.reduce((sum, { net }) => sum + net, 0), total]);
});
