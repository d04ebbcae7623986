import { lintScenario } from '../../../src/domain/planning/lint/lintScenario.js';
import { plan } from '../../../src/domain/planning/plan.js';
import type { PlanResult } from '../../../src/domain/planning/planCase.js';
import type { Order } from '../../../src/domain/order/order.js';
import { DEMO_CONFIGURATION, demoConnections } from '../../../src/local/demo/integrations.js';
import { demoLocations } from '../../../src/local/demo/locations.js';
import { demoOrders, refusedPackages } from '../../../src/local/demo/orders.js';
import { demoProducts } from '../../../src/local/demo/products.js';
import { DEMO_SCENARIOS } from '../../../src/local/demo/scenarios.js';
import { demoStock } from '../../../src/local/demo/stock.js';
import { SETTINGS, type SettingName } from '../../../src/platform/settings.js';
import { carrier } from '../../../src/schemas/carrier.js';
import { location } from '../../../src/schemas/location.js';
import { order as orderSchema } from '../../../src/schemas/order.js';
import { cancellationReason, denialReason } from '../../../src/schemas/reasons.js';
import { scenario } from '../../../src/schemas/scenario.js';
import { stockEngine } from '../../../src/schemas/stockEngine.js';

const locations = demoLocations();
const stock = Object.entries(demoStock()).flatMap(([code, skus]) =>
  Object.entries(skus).map(([sku, quantity]) => ({ location: code, sku, quantity, reserved: 0 })),
);

function planned(order: Order, exclusions: { location: string; line: string }[] = []): PlanResult {
  return plan(
    {
      // A Monday noon: stores are open.
      at: '2026-11-23T10:00:00Z',
      order,
      locations,
      stock,
      openPackages: {},
      lastWorkAt: {},
      discrepancies: [],
      exclusions,
      scenarios: DEMO_SCENARIOS.map((one) => ({ ...one, version: 1 })),
      transferScenarios: [],
    },
    { budgetMs: 1_000 },
  );
}

describe('the demonstration brand', () => {
  test('has 3 warehouses, 37 stores and 500 SKUs, and is the same at every start', () => {
    expect(locations.filter(({ type }) => type === 'warehouse')).toHaveLength(3);
    expect(locations.filter(({ type }) => type === 'store')).toHaveLength(37);
    expect(demoProducts()).toHaveLength(500);
    expect([demoLocations(), demoProducts(), demoStock(), demoOrders()]).toEqual([
      locations,
      demoProducts(),
      demoStock(),
      demoOrders(),
    ]);
  });

  test('has scenarios that lint has nothing against', () => {
    const stockEngines = [...new Set(locations.map(({ stockEngine: code }) => code))];
    const surroundings = { locations, stockEngines, scenarios: DEMO_SCENARIOS, transferScenarios: [] };

    const findings = DEMO_SCENARIOS.flatMap((one) =>
      lintScenario(one, surroundings).map((finding) => [one.name, finding.message]),
    );

    expect(findings).toEqual([]);
  });

  test('is what the API takes', () => {
    const connections = demoConnections({ stockUrl: 'http://127.0.0.1:1/stock', carrierUrl: 'http://127.0.0.1:1' });
    const schemas = { locations: location, 'stock-engines': stockEngine, carriers: carrier } as const;
    const reasons = { 'denial-reasons': denialReason, 'cancellation-reasons': cancellationReason } as const;
    const refused: string[] = [];

    for (const [path, body] of Object.entries({ ...connections, ...DEMO_CONFIGURATION })) {
      const [, kind = '', code = ''] = path.split('/');
      if (kind === 'settings') {
        const { value } = body as { value: unknown };
        if (!SETTINGS[code as SettingName].schema.safeParse(value).success) refused.push(path);
        continue;
      }
      const schema = { ...schemas, ...reasons }[kind as keyof typeof schemas];
      if (!schema.safeParse({ code, ...body }).success) refused.push(path);
    }
    refused.push(...locations.filter((one) => !location.safeParse(one).success).map(({ code }) => code));
    refused.push(...DEMO_SCENARIOS.filter((one) => !scenario.safeParse(one).success).map(({ name }) => name));
    refused.push(...demoOrders().flatMap(({ order }) => (orderSchema.safeParse(order).success ? [] : [order.number])));

    expect(refused).toEqual([]);
  });

  test.each(demoOrders())('$order.number is $course', ({ course, order }) => {
    const { outcome, packages } = planned(order);

    const expected = {
      single: { outcome: 'planned', isSplit: false },
      refused: { outcome: 'planned', isSplit: false },
      split: { outcome: 'planned', isSplit: true },
      parked: { outcome: 'parked', isSplit: false },
      'partly parked': { outcome: 'partially_planned', isSplit: false },
    }[course];
    expect({ outcome, isSplit: packages.length > 1 }).toEqual(expected);
  });

  test('a split on the marketplace waits for the marketplace', () => {
    const splits = demoOrders().filter(({ course, order }) => course === 'split' && order.channel === 'marketplace');

    const states = splits.flatMap(({ order }) => planned(order).packages.map(({ state }) => state));

    expect(states.length).toBeGreaterThan(2);
    expect(new Set(states)).toEqual(new Set(['waiting_remote_action']));
  });

  test('what a store refuses, another place has', () => {
    const refused = demoOrders().filter(({ order }) => refusedPackages().includes(`${order.number}P1`));

    for (const { order } of refused) {
      const first = planned(order).packages[0]?.location ?? '';
      const second = planned(
        order,
        order.lines.map(({ id }) => ({ location: first, line: id })),
      );
      expect(second.outcome).toBe('planned');
      expect(second.packages.map(({ location: code }) => code)).not.toContain(first);
    }
    expect(refused).toHaveLength(3);
  });
});
