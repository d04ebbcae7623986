import type { ApiDependencies } from '../dependencies.js';
import { simulate } from './simulate.js';

/** Trying a scenario before it acts. */
export const trialEndpoints = (dependencies: ApiDependencies) => [simulate(dependencies)];
