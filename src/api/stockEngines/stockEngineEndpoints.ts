import type { StockEngine } from '../../domain/configuration/integrations.js';
import { createdStockEngine, stockEngine, stockEngineView } from '../../schemas/stockEngine.js';
import type { Versioned } from '../../store/versioned.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import { rotatePushSecret } from '../configuration/rotatePushSecret.js';
import type { ApiDependencies } from '../dependencies.js';
import { completeAuth, showAuth } from '../outgoing/auth.js';
import { engineHealth } from './engineHealth.js';
import { testStockEngine } from './testStockEngine.js';

export const stockEngineEndpoints = (dependencies: ApiDependencies) => [
  ...configuring(dependencies),
  testStockEngine(dependencies),
  engineHealth(dependencies),
  rotatePushSecret<StockEngine>({
    ...{ path: '/stock-engines', tag: 'Stock engines', noun: 'stock engine', writers: MAY.configure },
    repository: dependencies.configuration.stockEngines,
    now: dependencies.now,
  }),
];

const configuring = ({ configuration, checkUrl, now }: ApiDependencies) =>
  keyedEndpoints<StockEngine>({
    path: '/stock-engines',
    tag: 'Stock engines',
    noun: 'stock engine',
    schema: stockEngine,
    view: stockEngineView,
    repository: configuration.stockEngines,
    readers: MAY.readConfiguration,
    writers: MAY.configure,
    now,
    prepare: (value, previous) =>
      Promise.resolve({
        ...value,
        auth: completeAuth(value, previous, checkUrl),
        pushSecret: previous?.pushSecret ?? newSigningSecret(),
      }),
    show,
    created: { view: createdStockEngine, show: (stored) => ({ ...show(stored), secret: stored.pushSecret }) },
    inUse: async (code) => {
      const isUsed = await configuration.locations.exists({ fields: { stockEngine: code } });
      return isUsed ? 'Locations still take their stock from it' : null;
    },
  });

const show = ({ pushSecret: _, ...stored }: Versioned<StockEngine>) => ({ ...stored, auth: showAuth(stored.auth) });
