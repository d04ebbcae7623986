import type { ApiDependencies } from '../dependencies.js';
import { commandTransfer } from './commandTransfer.js';
import { listTransfers, readTransfer } from './readTransfers.js';

export const transferEndpoints = (dependencies: ApiDependencies) => [
  listTransfers(dependencies),
  readTransfer(dependencies),
  commandTransfer(dependencies),
];
