export { announceWorkflow } from './announce.js';
export { orderWorkflow } from './order.js';
export { packagingWorkflow } from './packaging.js';
export { transferWorkflow } from './transfer.js';
export { trialWorkflow } from './trial.js';
