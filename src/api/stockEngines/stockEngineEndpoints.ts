import type { StockEngine } from '../../domain/configuration/integrations.js';
import { stockEngine, stockEngineView } from '../../schemas/stockEngine.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import type { ApiDependencies } from '../dependencies.js';
import { completeAuth, showAuth } from '../outgoing/auth.js';

export const stockEngineEndpoints = ({ configuration, checkUrl, now }: ApiDependencies) =>
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
    prepare: (value, previous) => Promise.resolve({ ...value, auth: completeAuth(value, previous, checkUrl) }),
    show: (stored) => ({ ...stored, auth: showAuth(stored.auth) }),
    inUse: async (code) => {
      const isUsed = await configuration.locations.exists({ fields: { stockEngine: code } });
      return isUsed ? 'Locations still take their stock from it' : null;
    },
  });
