import { OMNITRON, type OmnitronAuth, type OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { omnitronConnection, omnitronConnectionView } from '../../schemas/omnitron/connection.js';
import { MAY } from '../auth/roles.js';
import { deleteEndpoint } from '../configuration/deleteEndpoint.js';
import { putEndpoint } from '../configuration/putEndpoint.js';
import { readEndpoint } from '../configuration/readEndpoint.js';
import type { Resource } from '../configuration/resource.js';
import type { ApiDependencies } from '../dependencies.js';
import { completeAuth } from '../outgoing/auth.js';
import { requireActive } from '../packages/checkReferences.js';

/** The connection to Omnitron: one, at an address of its own. */
export function connectionEndpoints({ configuration, checkUrl, now }: ApiDependencies) {
  const resource: Resource<OmnitronConnection> = {
    path: '/omnitron',
    only: OMNITRON,
    tag: 'Omnitron',
    noun: 'connection to Omnitron',
    schema: omnitronConnection,
    view: omnitronConnectionView,
    repository: configuration.omnitron,
    readers: MAY.readConfiguration,
    writers: MAY.administer,
    now,
    prepare: async (value, previous) => {
      const { cancellationReason } = value.orders;
      const { cancellationReasons } = configuration;
      if (cancellationReason !== undefined) {
        const pointer = '/orders/cancellationReason';
        await requireActive(cancellationReasons, cancellationReason, pointer, 'cancellation reason');
      }
      return withPassword(value, previous, checkUrl);
    },
    show: ({ auth, ...shown }) => ({ ...shown, ...(auth && { auth: { username: auth.username } }) }),
  };
  return [readEndpoint(resource), putEndpoint(resource), deleteEndpoint(resource)];
}

/** A password that was left out stays, for the same address and user only. */
function withPassword(
  value: OmnitronConnection,
  previous: OmnitronConnection | null,
  checkUrl: ApiDependencies['checkUrl'],
): OmnitronConnection {
  const { url, auth } = value;
  if (url === undefined || auth === undefined) return value;
  const asBasic = (one: OmnitronAuth) => ({ type: 'basic' as const, ...one });
  const known =
    previous?.url !== undefined && previous.auth ? { url: previous.url, auth: asBasic(previous.auth) } : null;
  const completed = completeAuth({ url, auth: asBasic(auth) }, known, checkUrl);
  if (completed.type !== 'basic') return value;
  return { ...value, auth: { username: completed.username, password: completed.password } };
}
