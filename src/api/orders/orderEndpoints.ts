import type { ApiDependencies } from '../dependencies.js';
import { commandOrder } from './commandOrder.js';
import { listDecisions, readDecision } from './readDecisions.js';
import { listOrders } from './listOrders.js';
import { readOrder } from './readOrder.js';
import { takeOrder } from './takeOrder.js';
import { whyNot } from './whyNot.js';

export const orderEndpoints = (dependencies: ApiDependencies) => [
  listOrders(dependencies),
  takeOrder(dependencies),
  readOrder(dependencies),
  commandOrder(dependencies),
  listDecisions(dependencies),
  readDecision(dependencies),
  whyNot(dependencies),
];
