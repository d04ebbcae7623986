import type { Carrier } from '../../domain/configuration/integrations.js';
import { carrier, carrierView, createdCarrier } from '../../schemas/carrier.js';
import type { Versioned } from '../../store/versioned.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import { rotatePushSecret } from '../configuration/rotatePushSecret.js';
import type { ApiDependencies } from '../dependencies.js';
import { completeAuth, showAuth } from '../outgoing/auth.js';
import { unknownStatuses } from './unknownStatuses.js';

export const carrierEndpoints = (dependencies: ApiDependencies) => {
  const { configuration, checkUrl, now } = dependencies;
  const common = {
    path: '/carriers',
    tag: 'Carriers',
    noun: 'carrier',
    repository: configuration.carriers,
    writers: MAY.administer,
    now,
  };
  return [
    ...keyedEndpoints<Carrier>({
      ...common,
      schema: carrier,
      view: carrierView,
      readers: MAY.readConfiguration,
      prepare: (value, previous) =>
        Promise.resolve({
          ...value,
          auth: completeAuth(value, previous, checkUrl),
          pushSecret: previous?.pushSecret ?? newSigningSecret(),
        }),
      show,
      created: { view: createdCarrier, show: (stored) => ({ ...show(stored), secret: stored.pushSecret }) },
    }),
    rotatePushSecret<Carrier>(common),
    unknownStatuses(dependencies),
  ];
};

const show = ({ pushSecret: _, ...stored }: Versioned<Carrier>) => ({ ...stored, auth: showAuth(stored.auth) });
