import type { ApiDependencies } from '../dependencies.js';
import { locationsNamedIn } from '../distributionScenarios/locationsNamedIn.js';

/** Why a location cannot be deleted now; null when nothing needs it. */
export async function whyLocationIsInUse(
  { configuration, records }: Pick<ApiDependencies, 'configuration' | 'records'>,
  code: string,
): Promise<string | null> {
  const quota = (await records.quotas.all()).find(({ location }) => location === code);
  if (quota && quota.open > 0) return `It has ${quota.open} open packages`;
  for (const { name, draft, published } of await configuration.distributionScenarios.active()) {
    const contents = [draft, published?.scenario].filter((content) => content != null);
    const isNamed = contents.some((content) => locationsNamedIn(content).includes(code));
    if (isNamed) return `The scenario ${name} names it`;
  }
  return null;
}
