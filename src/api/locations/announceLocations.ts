import type { Location } from '../../domain/configuration/location.js';
import { locationSubject } from '../../domain/events/event.js';
import type { Versioned } from '../../store/versioned.js';
import type { ApiDependencies } from '../dependencies.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'announce'>;

/** Tells what a location is now. Its version is the number of the event, so a repeat is the same event. */
export async function announceLocation(
  { configuration, announce }: Dependencies,
  location: Versioned<Location>,
): Promise<void> {
  const { code, version, createdAt, updatedAt } = location;
  const type = createdAt === updatedAt ? 'stock_location.created' : 'stock_location.updated';
  await announce({ type, subject: locationSubject(code), sequence: version, data: location });
  await configuration.locations.markAnnounced(code, version);
}

/**
 * Tells what a process changed and did not live to tell. Called before a location changes again, so that
 * no version goes by without its event, and when a process starts.
 */
export async function announceMissedLocations(dependencies: Dependencies, code?: string): Promise<void> {
  for (const location of await dependencies.configuration.locations.unannounced(code)) {
    await announceLocation(dependencies, location);
  }
}
