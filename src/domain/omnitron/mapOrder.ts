import type { Order } from '../order/order.js';
import { readFields, type OmnitronContext, type UnreadableField } from './context.js';
import { isCurrency, toMinor } from './decimal.js';
import { linesOf, ORDER_FIELDS, PARTS } from './orderFields.js';
import type { OmnitronOrder } from './source.js';

/** An order of ours, not yet held against the limits of the intake, or what of it cannot be read. */
export type MappedOrder =
  | { readonly ok: true; readonly order: Partial<Order>; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly UnreadableField[] };

/**
 * Makes our order from Omnitron's. What changes while we carry it out (status, tracking, invoice) is not read, so
 * that the same order is the same content at any time.
 */
export function mapOmnitronOrder(source: OmnitronOrder, context: OmnitronContext): MappedOrder {
  const faults = [...wholeFaults(source)];
  const refuse = (pointer: string, detail: string) => void faults.push({ pointer, detail });
  const order = readFields(ORDER_FIELDS, source, { ...context, refuse });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, order, warnings: warningsOf(source) };
}

/** Faults that lie between the fields. */
function wholeFaults({ currency, orderitem_set: items }: OmnitronOrder): UnreadableField[] {
  const code = currency.toUpperCase();
  const unknown = isCurrency(code) ? [] : [{ pointer: '/currency', detail: `${currency} is no currency` }];
  const mixed = items.flatMap(({ price_currency: other }, index) => {
    if (other === undefined || other.toUpperCase() === code) return [];
    return [{ pointer: `/orderitem_set/${index}/price_currency`, detail: `must be ${currency}, as in the order` }];
  });
  const repeated = items.flatMap(({ pk }, index) => {
    if (items.findIndex((other) => other.pk === pk) === index) return [];
    return [{ pointer: `/orderitem_set/${index}/pk`, detail: `the item ${pk} is given twice` }];
  });
  return [...unknown, ...mixed, ...repeated];
}

/** What does not add up but can be carried out. */
function warningsOf(source: OmnitronOrder): string[] {
  const { currency, orderitem_set: items, amount, discount_amount: discount, shipping_amount: shipping } = source;
  const minor = (decimal: string | null | undefined) => toMinor(decimal ?? '0', currency.toUpperCase()) ?? NaN;
  const sum = items.reduce((total, { price }) => total + minor(price), 0) - minor(discount) + minor(shipping);
  return sum === minor(amount) ? [] : ['prices less discount and with shipping are not the amount of the order'];
}

/** Where in the vendor's order a field of ours comes from; the fault of a limit is told there. */
export function sourcePointer(path: readonly PropertyKey[], source: OmnitronOrder, context: OmnitronContext): string {
  const [field = '', second, third] = path.map(String);
  if (field === 'lines' && second !== undefined) {
    const index = linesOf(source, context)[Number(second)]?.index ?? 0;
    return pointerOf('lines[]', third, String(index)) ?? `/orderitem_set/${index}`;
  }
  return pointerOf(field, second) ?? `/${rowOf(ORDER_FIELDS, field)?.from[0] ?? ''}`;
}

function pointerOf(part: string, field: string | undefined, index = ''): string | null {
  if (field === undefined || !Object.hasOwn(PARTS, part)) return null;
  const { table, at } = PARTS[part as keyof typeof PARTS];
  const [from] = rowOf(table, field)?.from ?? [];
  return from === undefined ? null : `/${at.replace('{n}', index)}${from}`;
}

const rowOf = (table: object, field: string) =>
  (table as Readonly<Record<string, { readonly from: readonly string[] } | undefined>>)[field];
