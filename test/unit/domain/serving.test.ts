import type { Carrier } from '../../../src/domain/configuration/integrations.js';
import { carrierFor, isCollectedBy } from '../../../src/domain/shipment/serving.js';

const carrier = (code: string, change: Partial<Carrier> = {}): Carrier => ({
  ...{
    code,
    name: code,
    adapter: 'manual',
    auth: { type: 'anonymous' },
    shippingOptions: [],
    active: true,
    priority: 1,
  },
  ...change,
});

test('the first active carrier by priority that serves the shipping option; one without options serves all', () => {
  const carriers = [
    carrier('off', { active: false, priority: 0 }),
    carrier('express', { shippingOptions: ['express'] }),
    carrier('b', { priority: 5 }),
    carrier('a', { priority: 5 }),
  ];

  expect(carrierFor(carriers, { shippingOption: 'express' })?.code).toBe('express');
  expect(carrierFor(carriers, { shippingOption: 'standard' })?.code).toBe('a');
  expect(carrierFor(carriers.slice(0, 2), { shippingOption: 'standard' })).toBeNull();
});

test('money is collected by carriers that say so, for the payment types that they say', () => {
  const collects = carrier('a', { collects: ['cash_on_delivery'] });

  expect(isCollectedBy(collects, { paymentType: 'cash_on_delivery' })).toBe(true);
  expect(isCollectedBy(collects, { paymentType: 'card' })).toBe(false);
  expect(isCollectedBy(carrier('b'), { paymentType: 'cash_on_delivery' })).toBe(false);
  expect(isCollectedBy(null, { paymentType: 'cash_on_delivery' })).toBe(false);
});
