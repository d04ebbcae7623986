import type { Location } from '../../../src/domain/configuration/location.js';
import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import type { WebhookEndpoint } from '../../../src/domain/configuration/integrations.js';
import type { Order, OrderLine } from '../../../src/domain/order/order.js';
import type { SettingName } from '../../../src/platform/settings.js';
import { order as orderSchema } from '../../../src/schemas/order.js';
import type { ConfigurationStore } from '../../../src/store/configuration.js';
import { unique } from '../../support/stack.js';

const now = new Date('2026-11-23T09:00:00Z');

export const location = (code: string, priority: number, change: Partial<Location> = {}): Location => ({
  code,
  name: code,
  type: 'store',
  roles: ['packs', 'transferSource'],
  active: true,
  priority,
  safetyStock: { default: 0, skus: {} },
  stockEngine: 'erp',
  address: { country: 'TR' },
  tags: [],
  senderAddresses: {},
  attributes: {},
  ...change,
});

/** One package where one location has it all; else line by line, best location first. */
const defaultScenario: Scenario = {
  name: 'default',
  priority: 100,
  defaultLocation: 'S1',
  conditions: { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' },
  rules: [
    { name: 'one place', strategy: 'single', locations: {}, rank: [{ by: 'priority', order: 'asc' }] },
    {
      name: 'first line',
      lines: "line.id == '1'",
      strategy: 'single',
      locations: {},
      rank: [{ by: 'priority', order: 'asc' }],
    },
    {
      name: 'second line',
      lines: "line.id == '2'",
      strategy: 'single',
      locations: {},
      rank: [{ by: 'priority', order: 'asc' }],
    },
  ],
};

export interface BrandOptions {
  readonly stockUrl: string;
  readonly carrierUrl: string;
  readonly settings?: Partial<Record<SettingName, unknown>>;
  readonly scenarios?: readonly Scenario[];
  readonly transferScenarios?: readonly TransferScenario[];
}

/** A brand of three stores with one stock service, one carrier and its reasons. */
export async function setUpBrand(
  configuration: ConfigurationStore,
  { stockUrl, carrierUrl, settings = {}, scenarios = [defaultScenario], transferScenarios = [] }: BrandOptions,
) {
  const anonymous = { type: 'anonymous' } as const;
  const common = { priority: 100, active: true };
  for (const [index, code] of ['S1', 'S2', 'S3'].entries())
    await configuration.locations.create(code, location(code, index + 1), now);
  await configuration.stockEngines.create(
    'erp',
    {
      code: 'erp',
      url: `${stockUrl}/stock`,
      auth: anonymous,
      mode: 'multiple',
      skuParam: 'sku',
      timeoutMs: 8_000,
      maxSkusPerRequest: 100,
    },
    now,
  );
  await configuration.carriers.create(
    'swift',
    {
      code: 'swift',
      name: 'Swift',
      adapter: 'shipment-flow',
      url: carrierUrl,
      auth: anonymous,
      shippingOptions: ['standard'],
      ...common,
    },
    now,
  );
  await configuration.denialReasons.create(
    'damaged',
    { code: 'damaged', title: 'Damaged', stockEffect: 'none', ...common },
    now,
  );
  await configuration.cancellationReasons.create(
    'customer',
    { code: 'customer', title: 'Customer asked', ...common },
    now,
  );
  const quick = { trackingPollMinutes: 0.001, outOfStockRetryMinutes: 60, ...settings };
  for (const [name, value] of Object.entries(quick)) {
    await configuration.settings.create(name, { name, value } as never, now);
  }
  for (const scenario of scenarios) {
    await configuration.distributionScenarios.createDraft(scenario.name, scenario, now);
    await configuration.distributionScenarios.publish(scenario.name, 'test', now);
  }
  for (const scenario of transferScenarios) {
    await configuration.transferScenarios.createDraft(scenario.name, scenario, now);
    await configuration.transferScenarios.publish(scenario.name, 'test', now);
  }
}

export const SECRET = `whsec_${Buffer.from('a-secret-of-thirty-two-bytes-ok!').toString('base64')}`;

export async function subscribe(
  configuration: ConfigurationStore,
  url: string,
  change: Partial<WebhookEndpoint> = {},
): Promise<string> {
  const id = unique('we');
  const endpoint: WebhookEndpoint = {
    id,
    url,
    eventTypes: ['*'],
    headers: {},
    ordering: 'none',
    payload: 'oms',
    retry: { strategy: 'fixed', delaySeconds: 0.2 },
    enabled: true,
    ...change,
  };
  await configuration.webhookEndpoints.insert(endpoint, 'test', SECRET, now);
  return id;
}

const line = (id: string, sku: string, quantity: number): Partial<OrderLine> => ({
  id,
  sku,
  name: sku,
  quantity,
  unitPrice: 1_000,
});

/** Two lines: two of A, one of B. */
export const newOrder = (change: object = {}): Order =>
  orderSchema.parse({
    number: unique('R'),
    channel: 'web',
    placedAt: '2026-11-23T09:00:00Z',
    currency: 'EUR',
    customer: { type: 'individual', firstName: 'Ada', lastName: 'Byron' },
    shippingAddress: { country: 'TR', state: 'Istanbul' },
    shippingOption: 'standard',
    paymentType: 'card',
    delivery: { type: 'home' },
    lines: [line('1', 'A', 2), line('2', 'B', 1)],
    ...change,
  });

export const lines = (...given: readonly [sku: string, quantity: number][]) =>
  given.map(([sku, quantity], index) => line(String(index + 1), sku, quantity));
