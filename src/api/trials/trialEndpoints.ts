import type { ApiDependencies } from '../dependencies.js';
import { cancelBacktest, listBacktestDifferences, listBacktests, readBacktest, startBacktest } from './backtests.js';
import { listShadowDifferences, readShadow, switchShadow } from './shadows.js';
import { simulate } from './simulate.js';

/** Trying a scenario before it acts. */
export const trialEndpoints = (dependencies: ApiDependencies) => [
  simulate(dependencies),
  startBacktest(dependencies),
  listBacktests(dependencies),
  readBacktest(dependencies),
  listBacktestDifferences(dependencies),
  cancelBacktest(dependencies),
  switchShadow(dependencies),
  readShadow(dependencies),
  listShadowDifferences(dependencies),
];
