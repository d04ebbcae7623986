import type { PackageCommand } from '../../domain/package/commands.js';
import type { PackageRecord } from '../../domain/package/package.js';

/** The commands that this workflow carries out. */
export const COMMAND_NAMES: readonly PackageCommand['command'][] = [
  'prepare',
  'ready',
  'unblock',
  'release',
  'reschedule',
  'ready_for_pickup',
  'attempt_delivery',
  'deliver',
  'fail_delivery',
  'return',
  'confirm_cancellation',
  'refuse_cancellation',
  'refuse',
  'cancel',
  'block',
  'pack',
  'ship',
];

interface Objection {
  readonly pointer: string;
  readonly detail: string;
}

/** What speaks against a command that the state would allow, or null. Signals bring any shape, so it is checked. */
export function objection(record: PackageRecord, command: PackageCommand): Objection | null {
  switch (command.command) {
    case 'refuse':
    case 'cancel':
    case 'block':
      if (typeof command.reason === 'string' && command.reason !== '') return null;
      return { pointer: '/reason', detail: `${command.command} needs a reason` };
    case 'ship':
      if (command.withoutIntegration === true || command.trackingNumber !== undefined || record.shipment !== null)
        return null;
      return {
        pointer: '/trackingNumber',
        detail: 'the package has no shipment: give carrier and trackingNumber, or withoutIntegration',
      };
    default:
      return null;
  }
}
