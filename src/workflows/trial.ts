import { trials } from './activities.js';

/**
 * Tries a draft: a backtest until its last decision, a shadow until it is stopped. One activity whose attempts
 * go on where the one before ended, so that months of a shadow are no longer a history than a minute.
 */
export async function trialWorkflow({ trial }: { readonly trial: string }): Promise<void> {
  await trials().runTrial({ trial });
}
