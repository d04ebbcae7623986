import { withPlaces } from '../../clients/omnitron/places.js';
import { OMNITRON } from '../../domain/configuration/omnitron.js';
import type { Location } from '../../domain/configuration/location.js';
import { importStore, type StoreImport } from '../../clients/omnitron/importStore.js';
import { OmsError } from '../../platform/errors.js';
import { omnitronStore } from '../../schemas/omnitron/store.js';
import type { Versioned } from '../../store/versioned.js';
import type { ApiDependencies } from '../dependencies.js';
import { announceLocation, announceMissedLocations } from '../locations/announceLocations.js';

export type StoreImportDependencies = Pick<ApiDependencies, 'configuration' | 'announce' | 'now' | 'omnitronClient'>;

/**
 * Takes a store as Omnitron writes it, and announces the location like any other change.
 *
 * @throws {OmsError} `request.unprocessable`; pointers begin behind `at`.
 */
export async function importGivenStore(
  dependencies: StoreImportDependencies,
  given: unknown,
  at: string,
): Promise<StoreImport<Versioned<Location>>> {
  const read = omnitronStore.safeParse(given);
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => {
      return { pointer: `${at}${path.map((key) => `/${String(key)}`).join('')}`, detail: message };
    });
    throw new OmsError('request.unprocessable', 'The store cannot be read', { errors });
  }
  const { configuration, now, omnitronClient } = dependencies;
  const { omnitron: connection, settings, stockEngines: engines, importedStores: imported, locations } = configuration;
  return importStore(
    {
      ...{ connection, settings, engines, imported, locations, now },
      beforeChange: (code) => announceMissedLocations(dependencies, code),
      written: (location) => announceLocation(dependencies, location),
    },
    await withPlaces(omnitronClient, await connection.find(OMNITRON), read.data),
  );
}
