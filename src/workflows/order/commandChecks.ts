import { ORDER_COMMANDS, type LineUnits, type OrderCommand } from '../../domain/order/commands.js';
import type { Address, OrderLine } from '../../domain/order/order.js';
import type { Objection } from '../objections.js';

const NAMES: ReadonlySet<string> = new Set(ORDER_COMMANDS);

export const isOrderCommand = (name: unknown): boolean => typeof name === 'string' && NAMES.has(name);

/** What is wrong with a command's parameters, or null. Signals bring any shape, so it is checked. */
export function objection(lines: readonly OrderLine[], command: OrderCommand): Objection | null {
  switch (command.command) {
    case 'cancel':
      return needsReason(command) ?? (command.lines === undefined ? null : linesObjection(lines, command.lines));
    case 'hold':
      return needsReason(command);
    case 'change_priority': {
      const { priority } = command;
      const isFine = Number.isInteger(priority) && priority >= 1 && priority <= 5;
      return isFine ? null : { pointer: '/priority', detail: 'must be a whole number from 1 to 5' };
    }
    case 'change_address':
      return addressObjection(command.address);
    case 'release':
    case 'replan':
      return null;
  }
}

function needsReason({ command, reason }: { readonly command: string; readonly reason: string }): Objection | null {
  const isFine = typeof reason === 'string' && reason !== '';
  return isFine ? null : { pointer: '/reason', detail: `${command} needs a reason` };
}

function linesObjection(lines: readonly OrderLine[], units: readonly LineUnits[]): Objection | null {
  if (!Array.isArray(units) || units.length === 0) return { pointer: '/lines', detail: 'must be a list of lines' };
  for (const [index, entry] of (units as readonly LineUnits[]).entries()) {
    if (!lines.some(({ id }) => id === entry?.id)) {
      return { pointer: `/lines/${index}/id`, detail: `the order has no line ${String(entry?.id)}` };
    }
    if (!Number.isInteger(entry.quantity) || entry.quantity < 1) {
      return { pointer: `/lines/${index}/quantity`, detail: 'must be a whole number from 1' };
    }
  }
  return null;
}

function addressObjection(address: Address): Objection | null {
  if (typeof address?.country !== 'string' || address.country === '') {
    return { pointer: '/address/country', detail: 'an address needs a country' };
  }
  const { latitude, longitude } = address;
  const isFine = typeof latitude === typeof longitude && ['number', 'undefined'].includes(typeof latitude);
  return isFine ? null : { pointer: '/address', detail: 'latitude and longitude are given together or not at all' };
}
