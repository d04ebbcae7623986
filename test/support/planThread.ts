import { join } from 'node:path';

/** For `createPlanner`, where the product is not built. */
export const PLAN_THREAD = join(import.meta.dirname, 'planningThread.cjs');
