import { z } from 'zod';

import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import type { OmnitronStore } from '../../domain/omnitron/storeSource.js';
import type { OmnitronClient } from './client.js';

const named = z.object({ name: z.string() });
const ofCity = named.extend({ city: z.union([z.int(), z.object({ pk: z.int() }).transform(({ pk }) => pk)]) });

/**
 * The store with the names of its places, where it brings only their ids and we can ask.
 *
 * @throws {OmsError} `omnitron.unreachable`: half an address would not be noticed.
 */
export async function withPlaces(
  client: OmnitronClient,
  connection: OmnitronConnection | null,
  store: OmnitronStore,
): Promise<OmnitronStore> {
  const [channel] = store.channels ?? [];
  if (connection?.url === undefined || channel === undefined) return store;
  const path = `channel/${channel}`;
  const { township_id: townshipId, district_id: districtId } = store;
  const isKnown = store.township?.name !== undefined || townshipId == null;
  const township = isKnown ? null : await client.get(connection, `${path}/townships/${townshipId}/`, ofCity);
  const city = township && (await client.get(connection, `${path}/cities/${township.city}/`, named));
  const isDistrictKnown = store.district?.name !== undefined || districtId == null;
  const district = isDistrictKnown ? null : await client.get(connection, `${path}/districts/${districtId}/`, named);
  return {
    ...store,
    ...(city && { city: { pk: null, name: city.name } }),
    ...(township && { township: { pk: townshipId ?? null, name: township.name } }),
    ...(district && { district: { pk: districtId ?? null, name: district.name } }),
  };
}
