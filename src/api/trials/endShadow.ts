import { whyShadowEnds } from '../../domain/planning/compare/whyShadowEnds.js';
import type { ApiDependencies } from '../dependencies.js';

/** Ends the running shadow of a scenario when what was just done to the scenario leaves it nothing to find out. */
export async function endShadow(
  { configuration, records: { trials }, now }: Pick<ApiDependencies, 'configuration' | 'records' | 'now'>,
  name: string,
): Promise<void> {
  const shadow = await trials.latestShadow(name);
  if (shadow?.state !== 'running') return;
  const why = whyShadowEnds(await configuration.distributionScenarios.find(name), shadow);
  if (why !== null) await trials.end(shadow.id, 'finished', why, now());
}
