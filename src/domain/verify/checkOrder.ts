import { checkAccepted } from './accepted.js';
import type { OrderBooks, Violation } from './books.js';
import { checkCommands } from './commands.js';
import { checkConservation } from './conservation.js';
import { checkEvents } from './events.js';
import { checkHolds } from './holds.js';
import { checkOneHome } from './oneHome.js';
import { checkPaths } from './paths.js';
import { checkPending } from './pending.js';
import { checkReadModel } from './readModel.js';
import { checkShipments } from './shipments.js';

const CHECKS = [
  checkConservation,
  checkOneHome,
  checkAccepted,
  checkHolds,
  checkPaths,
  checkShipments,
  checkCommands,
  checkEvents,
  checkPending,
  checkReadModel,
];

/** All that is wrong with one order, as it was read. */
export const checkOrder = (books: OrderBooks): Violation[] => CHECKS.flatMap((check) => check(books));
