import type { PackageCommand } from '../../domain/package/commands.js';
import { OmsError } from '../../platform/errors.js';
import type { ConfigurationStore } from '../../store/configuration.js';

type References = Pick<ConfigurationStore, 'denialReasons' | 'cancellationReasons' | 'carriers' | 'locations'>;

/**
 * Refuses a command that names a reason or a carrier which there is not, before the workflow hears of it:
 * what cannot be done leaves no trace in its history. The workflow checks again, since signals come by
 * another way.
 *
 * @throws {OmsError} `request.unprocessable` with a pointer to the field.
 */
export async function checkReferences(references: References, command: PackageCommand): Promise<void> {
  const { denialReasons, cancellationReasons, carriers, locations } = references;
  switch (command.command) {
    case 'refuse':
      return requireActive(denialReasons, command.reason, '/reason', 'denial reason');
    case 'cancel':
      return requireActive(cancellationReasons, command.reason, '/reason', 'cancellation reason');
    case 'ship':
      if (command.carrier === undefined || command.withoutIntegration === true) return;
      return requireActive(carriers, command.carrier, '/carrier', 'carrier');
    case 'update_shipment':
      return requireActive(carriers, command.carrier, '/carrier', 'carrier');
    case 'plan_manually':
      for (const [index, { location }] of command.groups.entries()) {
        await requireActive(locations, location, `/groups/${index}/location`, 'location');
      }
      return;
    default:
  }
}

/** @throws {OmsError} `request.unprocessable` when there is no such thing, or it is not active. */
export async function requireActive(
  lookup: { find(code: string): Promise<{ readonly active: boolean } | null> },
  code: string,
  pointer: string,
  kind: string,
): Promise<void> {
  if ((await lookup.find(code))?.active === true) return;
  const detail = `There is no active ${kind} ${code}`;
  throw new OmsError('request.unprocessable', detail, { errors: [{ pointer, detail }] });
}
