import type { Location } from '../configuration/location.js';

/** How a brand uses Omnitron where its contract leaves room. */
export interface OmnitronOrderRules {
  /** Our name of a channel by its id; a channel that is not here has the name that the order gives. */
  readonly channels: Readonly<Record<string, string>>;
  /** The key of `attributes` under which a merged item has its number of units. */
  readonly quantityKey: string;
  /** Whether price and discount of a merged item are of all its units or of one. */
  readonly mergedPrice: 'total' | 'unit';
  /** Whether the item that stands for a whole bundle is a thing to ship. */
  readonly bundleParent: 'ship' | 'skip';
  /** The product attribute that holds the barcode. */
  readonly barcodeAttribute: string;
  readonly sameDayDeliveryTypes: readonly string[];
  /** Code of our cancellation reason for what was cancelled there for a reason that we do not know. */
  readonly cancellationReason?: string;
}

export const DEFAULT_ORDER_RULES: OmnitronOrderRules = {
  channels: {},
  quantityKey: 'quantity',
  mergedPrice: 'total',
  bundleParent: 'ship',
  barcodeAttribute: 'barcode',
  sameDayDeliveryTypes: [],
};

/** What the mapping of an order needs to know beside the order. */
export interface OmnitronContext {
  readonly rules: OmnitronOrderRules;
  /** IANA time zone in which delivery ranges are meant. */
  readonly timeZone: string;
  /** Where orders can be collected from. */
  readonly locations: readonly Pick<Location, 'code' | 'omnitronId' | 'roles' | 'address'>[];
}

/** A field of the vendor's order that we cannot read; `pointer` is a JSON pointer into it. */
export interface UnreadableField {
  readonly pointer: string;
  readonly detail: string;
}

/** The mapping at work: what it knows, and where it says what it cannot read. */
export interface MappingContext extends OmnitronContext {
  readonly refuse: (pointer: string, detail: string) => void;
}

/** One field of ours: where it comes from and how it is made. The documentation is printed from these rows. */
export interface FieldRow<Source, Value> {
  /** Fields of the vendor's object; faults of ours are told about the first. */
  readonly from: readonly string[];
  readonly how: string;
  /** Undefined where we leave the field out, or after `refuse`. */
  readonly read: (source: Source, context: MappingContext) => Value | undefined;
}

/** A row for every field of ours. */
export type FieldTable<Source, Ours> = {
  readonly [Field in keyof Required<Ours>]: FieldRow<Source, Required<Ours>[Field]>;
};

/** Makes the object that a table describes; fields that are undefined are left out. */
export function readFields<Source, Ours>(
  table: FieldTable<Source, Ours>,
  source: Source,
  context: MappingContext,
): Partial<Ours> {
  const rows = Object.entries<FieldRow<Source, unknown>>(table);
  const read = rows.map(([field, { read }]) => [field, read(source, context)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Partial<Ours>;
}
