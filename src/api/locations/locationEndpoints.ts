import { z } from 'zod';

import type { Location } from '../../domain/configuration/location.js';
import { OmsError } from '../../platform/errors.js';
import { identifier, text } from '../../schemas/common.js';
import { location, locationView } from '../../schemas/location.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import type { ApiDependencies } from '../dependencies.js';
import { announceLocation, announceMissedLocations } from './announceLocations.js';
import { whyLocationIsInUse } from './whyLocationIsInUse.js';

export const locationEndpoints = (dependencies: ApiDependencies) =>
  keyedEndpoints<Location>({
    path: '/locations',
    tag: 'Locations',
    noun: 'location',
    schema: location,
    view: locationView,
    repository: dependencies.configuration.locations,
    readers: MAY.readLocations,
    writers: MAY.configure,
    now: dependencies.now,
    filters: {
      type: location.shape.type.exactOptional(),
      active: z.stringbool({ truthy: ['true'], falsy: ['false'] }).exactOptional(),
      stockEngine: identifier.exactOptional(),
      tags: text(64, 1).exactOptional().meta({ description: 'A tag that the location has.' }),
    },
    visible: ({ locations }) => locations ?? undefined,
    prepare: async (value, previous) => {
      await requireStockEngine(dependencies, value.stockEngine);
      if (previous) await announceMissedLocations(dependencies, value.code);
      return value;
    },
    written: (stored) => announceLocation(dependencies, stored),
    inUse: async (code) => {
      await announceMissedLocations(dependencies, code);
      return whyLocationIsInUse(dependencies, code);
    },
  });

async function requireStockEngine({ configuration }: ApiDependencies, code: string): Promise<void> {
  if (await configuration.stockEngines.find(code)) return;
  throw new OmsError('request.unprocessable', `There is no stock engine ${code}`, {
    errors: [{ pointer: '/stockEngine', detail: 'must be the code of a stock engine' }],
  });
}
