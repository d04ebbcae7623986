import type { ApiDependencies } from '../dependencies.js';
import { connectionEndpoints } from './connectionEndpoints.js';
import { importStores } from './importStores.js';
import { pushStore } from './pushStore.js';
import { reportEndpoints } from './reportEndpoints.js';
import { takeOmnitronOrders } from './takeOmnitronOrder.js';

/** Everything between Omnitron and us that is called from outside. */
export const omnitronEndpoints = (dependencies: ApiDependencies) => [
  ...connectionEndpoints(dependencies),
  takeOmnitronOrders(dependencies),
  pushStore(dependencies),
  importStores(dependencies),
  ...reportEndpoints(dependencies),
];
