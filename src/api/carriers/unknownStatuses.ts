import { unmappedCodes } from '../../domain/shipment/unmappedCodes.js';
import { unknownStatusesReport } from '../../schemas/carrier.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';

/** What has a meaning by now is listed no more. */
export const unknownStatuses = ({ configuration, records }: Pick<ApiDependencies, 'configuration' | 'records'>) =>
  endpoint({
    method: 'get',
    path: '/reports/unknown-statuses',
    tag: 'Reports',
    summary: 'Codes of carriers that mean nothing to us; `statuses` of the carrier says what they mean',
    roles: MAY.readConfiguration,
    request: {},
    replies: { 200: unknownStatusesReport },
    handle: async () => {
      const [heard, carriers] = await Promise.all([records.unknownCodes.all(), configuration.carriers.all()]);
      const items = [...unmappedCodes(heard, carriers)];
      return { status: 200, body: { items } };
    },
  });
