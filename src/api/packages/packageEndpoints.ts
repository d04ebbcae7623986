import type { ApiDependencies } from '../dependencies.js';
import { commandPackage } from './commandPackage.js';
import { listPackages, readPackage } from './readPackages.js';

export const packageEndpoints = (dependencies: ApiDependencies) => [
  listPackages(dependencies),
  readPackage(dependencies),
  commandPackage(dependencies),
];
