/**
 * For programs that speak to Temporal themselves: starts orders and commands packages, checked like the API checks
 * them. See docs/how-to/start-orders-with-temporal.md.
 */
export { createOmsClient, type CommandOptions, type OmsClient, type StartedOrder } from './omsClient.js';
export { OmsError, type ErrorCode, type Fault } from '../platform/errors.js';
export type { OrderInput, PackageCommandInput } from './omsClient.js';
export type { PackageRecord } from '../domain/package/package.js';
