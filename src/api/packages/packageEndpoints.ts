import type { ApiDependencies } from '../dependencies.js';
import { bulkCommandPackages } from './bulkCommands.js';
import { commandPackage } from './commandPackage.js';
import { listPackages, readPackage } from './readPackages.js';

export const packageEndpoints = (dependencies: ApiDependencies) => {
  const single = commandPackage(dependencies);
  return [listPackages(dependencies), readPackage(dependencies), single, bulkCommandPackages(dependencies, single)];
};
