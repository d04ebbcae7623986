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
      const carriers = new Map((await configuration.carriers.all()).map((carrier) => [carrier.code, carrier]));
      const items = (await records.unknownCodes.all()).filter(
        ({ carrier, rawCode }) => !Object.hasOwn(carriers.get(carrier)?.statuses ?? {}, rawCode),
      );
      return { status: 200, body: { items } };
    },
  });
