/** Omnitron's statuses of orders and items: the code that travels, and the name that some of its pages show instead. */
export const OMNITRON_STATUSES = {
  '50': 'cancellation_waiting',
  '100': 'canceled',
  '200': 'waiting',
  '300': 'payment_waiting',
  '350': 'confirmation_waiting',
  '400': 'approved',
  '425': 'inactive',
  '450': 'preparing',
  '500': 'shipped',
  '510': 'shipped_and_informed',
  '520': 'ready_for_pickup',
  '540': 'attempted_delivery',
  '544': 'review_started',
  '545': 'review_waiting',
  '546': 'waiting_for_payment',
  '547': 'paid',
  '550': 'delivered',
  '600': 'refunded',
} as const;

export type OmnitronStatus = keyof typeof OMNITRON_STATUSES;

const CODES = Object.keys(OMNITRON_STATUSES) as OmnitronStatus[];

/** The code of a status that may be given by code, as text or number, or by name; null for what we do not know. */
export const omnitronStatus = (given: string | number): OmnitronStatus | null =>
  CODES.find((code) => code === String(given) || OMNITRON_STATUSES[code] === given) ?? null;

/** Approved and not yet on its way: the only orders that we begin. */
export const isForUs = (status: OmnitronStatus): boolean => status === '400' || status === '450';

/** The customer or an agent has cancelled, or asked for it. */
export const isCancelled = (status: OmnitronStatus): boolean => status === '50' || status === '100';
