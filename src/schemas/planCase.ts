import { z } from 'zod';

import type { PlanInput } from '../domain/planning/planCase.js';
import { address, identifier, instant, minor, quantity } from './common.js';
import { location } from './location.js';
import { order } from './order.js';
import { scenario, transferScenario } from './scenario.js';

const { shape: orderShape } = order;
const { shape: lineShape } = orderShape.lines.element;
const { shape: customerShape } = orderShape.customer;
const { shape: deliveryShape } = orderShape.delivery;

const someAddress = address.safeExtend({ country: address.shape.country.exactOptional() });

const line = z.strictObject({
  ...lineShape,
  quantity,
  name: lineShape.name.exactOptional(),
  unitPrice: minor.exactOptional(),
});

const customer = z.strictObject({
  ...customerShape,
  type: customerShape.type.exactOptional(),
  firstName: customerShape.firstName.exactOptional(),
  lastName: customerShape.lastName.exactOptional(),
});

/** Fields that no rule reads may be left out. */
const planOrder = z
  .strictObject({
    ...orderShape,
    number: orderShape.number.exactOptional(),
    channel: orderShape.channel.exactOptional(),
    placedAt: orderShape.placedAt.exactOptional(),
    currency: orderShape.currency.exactOptional(),
    customer: customer.exactOptional(),
    shippingAddress: someAddress.exactOptional(),
    billingAddress: someAddress.exactOptional(),
    shippingOption: orderShape.shippingOption.exactOptional(),
    paymentType: orderShape.paymentType.exactOptional(),
    delivery: z.strictObject({ ...deliveryShape, type: deliveryShape.type.exactOptional() }).exactOptional(),
    lines: z.array(line).min(1).max(500),
  })
  .meta({ id: 'PlanOrder', description: 'An order to be planned; fields that no rule reads may be left out.' });

const planLocation = z
  .strictObject({
    ...location.shape,
    name: location.shape.name.exactOptional(),
    type: location.shape.type.exactOptional(),
    stockEngine: location.shape.stockEngine.exactOptional(),
    address: someAddress.exactOptional(),
  })
  .meta({ id: 'PlanLocation', description: 'A location; what no rule reads may be left out.' });

const units = z.int().min(0).max(1_000_000_000);

const stockRow = z.strictObject({
  location: identifier,
  sku: identifier,
  quantity: units,
  reserved: units.default(0),
});

const version = z.int().min(1).default(1);
// Rows of the API carry it; here every scenario counts as published.
const status = z.enum(['draft', 'published', 'archived']).exactOptional();

/** The parts of a case, each as it is when it is given. */
export const caseParts = {
  at: instant.exactOptional(),
  order: planOrder,
  locations: z.array(planLocation).min(1).max(20_000),
  stock: z.array(stockRow).max(1_000_000),
  openPackages: z.record(identifier, units),
  lastWorkAt: z.record(identifier, instant),
  discrepancies: z.array(z.strictObject({ location: identifier, sku: identifier })).max(1_000_000),
  exclusions: z.array(z.strictObject({ location: identifier, line: identifier })).max(1_000_000),
  scenarios: z.array(scenario.safeExtend({ version, status })).max(1_000),
  transferScenarios: z.array(transferScenario.safeExtend({ version, status })).max(1_000),
};

const repeated = (path: readonly PropertyKey[], message: string) => ({ path: [...path], message });

/** Pushes an issue for every entry whose key an earlier entry has. */
function refuseRepeats<Entry>(
  entries: readonly Entry[] | undefined,
  key: (entry: Entry) => string,
  fault: (key: string, index: number) => { path: PropertyKey[]; message: string },
  issues: z.core.$ZodRawIssue[],
): void {
  const seen = new Set<string>();
  entries?.forEach((entry, index) => {
    const text = key(entry);
    if (seen.has(text)) issues.push({ code: 'custom', input: entry, ...fault(text, index) });
    seen.add(text);
  });
}

type Parts = { [Part in keyof typeof caseParts]?: z.output<(typeof caseParts)[Part]> };

/** What one part of a case alone cannot show: names given twice, and exclusions of lines that are not there. */
export function checkParts({ value, issues }: { value: Parts; issues: z.core.$ZodRawIssue[] }): void {
  const { order: planned, locations, stock, scenarios, transferScenarios, exclusions } = value;
  refuseRepeats(
    planned?.lines,
    ({ id }) => id,
    (id, at) => repeated(['order', 'lines', at, 'id'], `line id ${id} is used twice`),
    issues,
  );
  refuseRepeats(
    locations,
    ({ code }) => code,
    (code, at) => repeated(['locations', at, 'code'], `${code} is given twice`),
    issues,
  );
  refuseRepeats(
    stock,
    (row) => `${row.location} ${row.sku}`,
    (pair, at) => repeated(['stock', at], `stock of ${pair} is given twice`),
    issues,
  );
  refuseRepeats(
    scenarios,
    ({ name }) => name,
    (name, at) => repeated(['scenarios', at, 'name'], `${name} is given twice`),
    issues,
  );
  refuseRepeats(
    transferScenarios,
    ({ name }) => name,
    (name, at) => repeated(['transferScenarios', at, 'name'], `${name} is given twice`),
    issues,
  );
  const ids = new Set(planned?.lines.map(({ id }) => id));
  exclusions?.forEach(({ line: id }, index) => {
    if (!planned || ids.has(id)) return;
    issues.push({
      code: 'custom',
      input: id,
      ...repeated(['exclusions', index, 'line'], `the order has no line ${id}`),
    });
  });
}

/** Everything that one planning decision depends on. */
export const planCase = z
  .strictObject({
    ...caseParts,
    stock: caseParts.stock.default([]),
    openPackages: caseParts.openPackages.default({}),
    lastWorkAt: caseParts.lastWorkAt.default({}),
    discrepancies: caseParts.discrepancies.default([]),
    exclusions: caseParts.exclusions.default([]),
    scenarios: caseParts.scenarios.default([]),
    transferScenarios: caseParts.transferScenarios.default([]),
  })
  .check(checkParts)
  .meta({
    id: 'PlanCase',
    description: 'Everything that one planning decision depends on.',
  }) satisfies z.ZodType<PlanInput>;
