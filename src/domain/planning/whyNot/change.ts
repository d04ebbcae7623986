import type { Calendar, LocationRole } from '../../configuration/location.js';
import type { LocationFilter } from '../../configuration/scenario.js';
import type { Address } from '../../order/order.js';
import type { PlanInput, PlanLocation, PlanStock } from '../planCase.js';

type Coordinates = Pick<Partial<Address>, 'latitude' | 'longitude'>;

/** One thing that could have been otherwise, about the location that is asked about. */
export type Change =
  | { readonly kind: 'stock'; readonly sku: string; readonly more: number }
  | { readonly kind: 'active' }
  | { readonly kind: 'role'; readonly role: LocationRole }
  | { readonly kind: 'quota'; readonly from: number; readonly to: number }
  | { readonly kind: 'refusal'; readonly line: string }
  | { readonly kind: 'discrepancy'; readonly sku: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'priority'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'distance';
      readonly fromKm: number;
      readonly toKm: number;
      readonly origin: Coordinates;
      readonly at: Coordinates;
    }
  | {
      readonly kind: 'filter';
      readonly rule: string;
      readonly part: 'include' | 'exclude' | 'types' | 'tagsAny' | 'sameAs' | 'withinKm' | 'roles';
    };

/** The case as it would be with these changes. */
export const applyChanges = (input: PlanInput, location: string, changes: readonly Change[]): PlanInput =>
  changes.reduce((changed, change) => apply(changed, location, change), input);

function apply(input: PlanInput, code: string, change: Change): PlanInput {
  const place = (to: (location: PlanLocation) => Partial<PlanLocation>): PlanInput => ({
    ...input,
    locations: input.locations.map((location) =>
      location.code === code ? { ...location, ...to(location) } : location,
    ),
  });
  switch (change.kind) {
    case 'stock':
      return { ...input, stock: withMore(input.stock, code, change) };
    case 'active':
      return place(() => ({ active: true }));
    case 'role':
      return place(({ roles }) => ({ roles: [...roles, change.role] }));
    case 'quota':
      return place(() => ({ maxQuota: change.to }));
    case 'priority':
      return place(() => ({ priority: change.to }));
    case 'distance':
      return place(({ address }) => ({ address: { ...address, ...change.at } }));
    case 'open':
      return place(() => ({ calendar: ALWAYS_OPEN }));
    case 'refusal':
      return { ...input, exclusions: input.exclusions.filter((of) => of.location !== code || of.line !== change.line) };
    case 'discrepancy':
      return {
        ...input,
        discrepancies: input.discrepancies.filter((of) => of.location !== code || of.sku !== change.sku),
      };
    case 'filter':
      return { ...input, scenarios: input.scenarios.map((scenario) => loosen(scenario, code, change)) };
  }
}

function withMore(
  stock: readonly PlanStock[],
  location: string,
  { sku, more }: { sku: string; more: number },
): PlanStock[] {
  const isIt = (row: PlanStock) => row.location === location && row.sku === sku;
  if (!stock.some(isIt)) return [...stock, { location, sku, quantity: more, reserved: 0 }];
  return stock.map((row) => (isIt(row) ? { ...row, quantity: row.quantity + more } : row));
}

const hours = [['00:00', '24:00']] as const;

const ALWAYS_OPEN: Calendar = {
  timeZone: 'UTC',
  weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
};

function loosen(
  scenario: PlanInput['scenarios'][number],
  code: string,
  { rule: name, part }: { rule: string; part: keyof LocationFilter },
): PlanInput['scenarios'][number] {
  const rules = scenario.rules.map((rule) => {
    if (rule.name !== name) return rule;
    const { [part]: _, ...rest } = rule.locations;
    const { include = [], exclude = [] } = rule.locations;
    if (part === 'include') return { ...rule, locations: { ...rest, include: [...include, code] } };
    if (part === 'exclude') return { ...rule, locations: { ...rest, exclude: exclude.filter((of) => of !== code) } };
    return { ...rule, locations: rest };
  });
  return { ...scenario, rules };
}
