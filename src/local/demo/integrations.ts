import type { Login } from '../simulators/loopbackServer.js';

export const STOCK_ENGINE = 'erp';
export const CARRIER = 'swift';

/** For programs that listen on this machine only. */
export const STOCK_LOGIN: Login = { username: 'oms', password: 'demonstration' };
export const CARRIER_LOGIN: Login = { username: 'brand', password: 'demonstration' };

/** Why the ERP of the demonstration refuses. */
export const NOT_ON_SHELF = 'not_on_shelf';

/** Where the simulators listen. */
export interface Outside {
  readonly stockUrl: string;
  readonly carrierUrl: string;
}

/** Configuration whose addresses change with every start, by path of the API. */
export function demoConnections({ stockUrl, carrierUrl }: Outside): Readonly<Record<string, object>> {
  return {
    [`/stock-engines/${STOCK_ENGINE}`]: { url: stockUrl, auth: { type: 'basic', ...STOCK_LOGIN }, mode: 'multiple' },
    [`/carriers/${CARRIER}`]: {
      name: 'Swift Parcel',
      adapter: 'shipment-flow',
      url: carrierUrl,
      auth: { type: 'basic', ...CARRIER_LOGIN },
      shippingOptions: [],
      priority: 10,
    },
  };
}

/** Configuration that is made once and then belongs to whoever plays with it, by path of the API. */
export const DEMO_CONFIGURATION: Readonly<Record<string, object>> = {
  '/carriers/own-van': { name: 'Own van', adapter: 'manual', shippingOptions: ['own_van'], priority: 50 },
  [`/denial-reasons/${NOT_ON_SHELF}`]: { title: 'Not on the shelf', priority: 10, stockEffect: 'discrepancy' },
  '/denial-reasons/damaged': { title: 'Damaged', priority: 20, stockEffect: 'discrepancy' },
  '/denial-reasons/too_busy': { title: 'Too busy today', priority: 30, stockEffect: 'none' },
  '/cancellation-reasons/customer_request': { title: 'The customer changed their mind', priority: 10 },
  '/cancellation-reasons/payment_failed': { title: 'The payment failed', priority: 20 },
  // Minutes: a demonstration has no half hour to wait.
  '/settings/trackingPollMinutes': { value: 0.05 },
  '/settings/outOfStockRetryMinutes': { value: 1 },
  '/settings/timeZone': { value: 'Europe/Istanbul' },
};
