import type { Carrier } from '../../domain/configuration/integrations.js';
import { carrier, carrierView } from '../../schemas/carrier.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import type { ApiDependencies } from '../dependencies.js';
import { completeAuth, showAuth } from '../outgoing/auth.js';

export const carrierEndpoints = ({ configuration, checkUrl, now }: ApiDependencies) =>
  keyedEndpoints<Carrier>({
    path: '/carriers',
    tag: 'Carriers',
    noun: 'carrier',
    schema: carrier,
    view: carrierView,
    repository: configuration.carriers,
    readers: MAY.readConfiguration,
    writers: MAY.administer,
    now,
    prepare: (value, previous) => Promise.resolve({ ...value, auth: completeAuth(value, previous, checkUrl) }),
    show: (stored) => ({ ...stored, auth: showAuth(stored.auth) }),
  });
