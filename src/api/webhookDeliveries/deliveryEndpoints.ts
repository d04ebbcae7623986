import type { ApiDependencies } from '../dependencies.js';
import { listDeliveries, readDelivery } from './readDeliveries.js';
import { replayDeliveries, replayDelivery } from './replayDeliveries.js';

export const deliveryEndpoints = (dependencies: ApiDependencies) => [
  listDeliveries(dependencies),
  readDelivery(dependencies),
  replayDelivery(dependencies),
  replayDeliveries(dependencies),
];
