import type { Attributes, Minor, OrderLine } from '../order/order.js';
import type { FieldTable, MappingContext } from './context.js';
import { toMinor } from './decimal.js';
import type { Decimal, JsonObject, OmnitronItem, OmnitronOrder } from './source.js';

/** An item in its place in the order; the place is what faults are told about. */
export interface PlacedItem {
  readonly item: OmnitronItem;
  readonly index: number;
  readonly order: OmnitronOrder;
}

const LONGEST_ATTRIBUTE = 1_024;
const LONGEST_NAME = 64;
/** Fields of this name in `extra_field` are what we reported ourselves. */
const OURS = 'oms_';

/** One item is one line. */
export const LINE_FIELDS: FieldTable<PlacedItem, OrderLine> = {
  id: { from: ['pk'], how: 'as text', read: ({ item }) => String(item.pk) },
  sku: { from: ['product/sku'], how: 'as is', read: ({ item }) => item.product.sku },
  name: { from: ['product/name'], how: 'else the SKU', read: ({ item }) => item.product.name ?? item.product.sku },
  barcode: {
    from: ['product/attributes'],
    how: 'the attribute that the brand names, `barcode`',
    read: ({ item }, { rules }) => {
      const barcode = item.product.attributes?.[rules.barcodeAttribute];
      return typeof barcode === 'string' && barcode !== '' ? barcode : undefined;
    },
  },
  quantity: {
    from: ['attributes'],
    how: 'of a merged item, under the key that the brand names, `quantity`; else 1',
    read: quantityOf,
  },
  unitPrice: {
    from: ['price'],
    how: 'exact minor units; of a merged item divided by the quantity, which must leave no rest, or as it is where prices are of one unit',
    read: unitPrice,
  },
  discount: {
    from: ['discount_amount'],
    how: 'exact minor units of the whole line; at most the price',
    read: (placed, context) => amountsOf(placed, context)?.discount,
  },
  taxRate: { from: ['tax_rate'], how: 'percent', read: ({ item }) => Number(item.tax_rate) },
  unitWeight: { from: [], how: 'left out: Omnitron has none', read: () => undefined },
  keepTogetherGroup: {
    from: ['parent'],
    how: 'the item on top of the bundle, for it and for its children',
    read: ({ item, order }) => bundleOf(item, order.orderitem_set),
  },
  attributes: {
    from: ['attributes', 'attributes_kwargs', 'extra_field', 'retail_price'],
    how: '`attributes` by their own names; the others behind their name and a dot, objects as JSON; nothing longer than 1,024 characters, and nothing of `extra_field` that we wrote ourselves (`oms_`)',
    read: ({ item }) => ({
      ...scalars(item.attributes),
      ...scalars(item.attributes_kwargs, 'attributes_kwargs.'),
      ...scalars(item.extra_field, 'extra_field.'),
      ...(item.retail_price != null && { retail_price: item.retail_price }),
    }),
  },
};

const at = ({ index }: PlacedItem, field: string) => `/orderitem_set/${index}/${field}`;

function quantityOf(placed: PlacedItem, { rules: { quantityKey }, refuse }: MappingContext): number | undefined {
  const given = placed.item.attributes?.[quantityKey] ?? 1;
  const quantity = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1) return quantity;
  refuse(at(placed, `attributes/${quantityKey}`), 'must be a whole number of units, at least 1');
  return undefined;
}

interface Amounts {
  readonly price: Minor;
  readonly discount: Minor;
}

/** Price and discount of the whole line; says what is wrong with them. */
function amountsOf(placed: PlacedItem, context: MappingContext): Amounts | undefined {
  const { item, order } = placed;
  const units = context.rules.mergedPrice === 'unit' ? (quantityOf(placed, silent(context)) ?? 1) : 1;
  const read = (field: 'price' | 'discount_amount', amount: Decimal) => {
    const minor = toMinor(amount, order.currency.toUpperCase());
    if (minor !== null && minor >= 0) return minor * units;
    context.refuse(at(placed, field), `${amount} is no amount of ${order.currency.toUpperCase()} from 0`);
    return undefined;
  };
  const price = read('price', item.price);
  const discount = read('discount_amount', item.discount_amount ?? '0');
  if (price === undefined || discount === undefined) return undefined;
  if (discount > price) context.refuse(at(placed, 'discount_amount'), `${item.discount_amount} is more than the price`);
  return { price, discount };
}

function unitPrice(placed: PlacedItem, context: MappingContext): Minor | undefined {
  const quantity = quantityOf(placed, silent(context));
  // What is wrong with the amounts is said where the discount is read.
  const amounts = amountsOf(placed, silent(context));
  if (quantity === undefined || amounts === undefined) return undefined;
  if (amounts.price % quantity === 0) return amounts.price / quantity;
  context.refuse(at(placed, 'price'), `${placed.item.price} cannot be divided by ${quantity} units`);
  return undefined;
}

const silent = (context: MappingContext): MappingContext => ({ ...context, refuse: () => undefined });

/** The item that others name as their parent, and they; of bundles in bundles the outermost. */
function bundleOf(item: OmnitronItem, items: readonly OmnitronItem[]): string | undefined {
  const hasChildren = items.some(({ parent }) => parent === item.pk);
  if (item.parent == null && !hasChildren) return undefined;
  let top: OmnitronItem | undefined = item;
  let pk = item.pk;
  // As many steps as there are items, so that items which name each other end as well.
  for (let step = 0; step < items.length && top?.parent != null; step++) {
    pk = top.parent;
    top = items.find((other) => other.pk === pk);
  }
  return String(pk);
}

/** What rules can compare: scalars as they are, anything else as JSON. */
export function scalars(values: JsonObject | null | undefined, prefix = ''): Attributes {
  const entries = Object.entries(values ?? {}).filter(([name]) => !name.startsWith(OURS) && name !== '');
  const kept = entries.map(([name, value]): [string, Attributes[string]] => [
    `${prefix}${name}`,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  ]);
  return Object.fromEntries(kept.filter(([name, value]) => name.length <= LONGEST_NAME && !isTooLong(value)));
}

const isTooLong = (value: unknown) => typeof value === 'string' && value.length > LONGEST_ATTRIBUTE;
