/**
 * What expressions can read. A type ends with `?` where an order may leave the field out (then it is null);
 * names with a capital are described here themselves.
 */
export const MODEL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Order: {
    number: 'string',
    channel: 'string',
    placedAt: 'string',
    currency: 'string',
    customer: 'Customer',
    shippingAddress: 'Address',
    billingAddress: 'Address?',
    shippingOption: 'string',
    paymentType: 'string',
    delivery: 'Delivery',
    priority: 'int',
    tags: 'list<string>',
    attributes: 'Attributes',
    lines: 'list<Line>',
    notes: 'string?',
  },
  Customer: { type: 'string', firstName: 'string', lastName: 'string', email: 'string?', phone: 'string?' },
  Address: {
    country: 'string',
    state: 'string?',
    district: 'string?',
    neighbourhood: 'string?',
    line: 'string?',
    postcode: 'string?',
    latitude: 'double?',
    longitude: 'double?',
  },
  Delivery: { type: 'string', pickupLocation: 'string?', range: 'Range?' },
  Range: { from: 'string', to: 'string' },
  Line: {
    id: 'string',
    sku: 'string',
    name: 'string',
    barcode: 'string?',
    quantity: 'int',
    unitPrice: 'int',
    discount: 'int',
    taxRate: 'double',
    unitWeight: 'double?',
    attributes: 'Attributes',
    keepTogetherGroup: 'string?',
  },
  Location: {
    code: 'string',
    name: 'string',
    type: 'string',
    roles: 'list<string>',
    active: 'bool',
    priority: 'int',
    maxQuota: 'int?',
    safetyStock: 'SafetyStock',
    stockEngine: 'string',
    address: 'Address',
    calendar: 'Calendar?',
    targetPackagingMinutes: 'int?',
    targetExitTime: 'string?',
    tags: 'list<string>',
    contact: 'Contact?',
    senderAddresses: 'Attributes',
    omnitronId: 'string?',
    attributes: 'Attributes',
  },
  SafetyStock: { default: 'int', skus: 'Attributes' },
  Calendar: { timeZone: 'string', cutOff: 'string?' },
  Contact: { name: 'string?', email: 'string?', phone: 'string?' },
  Parcel: { location: 'string', rule: 'string', items: 'list<Item>' },
  Item: { lineId: 'string', sku: 'string', name: 'string', quantity: 'int', unitPrice: 'int' },
};

/** Free keys, each null where it is absent. */
export const FREE_KEYS = 'Attributes';

/** The variables, and which of them each kind of expression may read. */
export const VARIABLES = { order: 'Order', line: 'Line', location: 'Location', parcel: 'Parcel' } as const;

export const SCOPES = {
  /** Conditions of a scenario, and `when` of a packaging rule. */
  order: ['order'],
  /** `lines` of a packaging rule. */
  line: ['order', 'line'],
  /** `when` of a transfer rule, about the place where the package is packed. */
  place: ['order', 'location', 'parcel'],
  /** `lines` of a transfer rule. */
  transferLine: ['order', 'line', 'location', 'parcel'],
} as const satisfies Record<string, readonly (keyof typeof VARIABLES)[]>;

export type Scope = keyof typeof SCOPES;

/** `list<Line>` -> `Line`; anything else has no elements. */
export const elementOf = (type: string): string | null => /^list<(.+)>$/.exec(type)?.[1] ?? null;
