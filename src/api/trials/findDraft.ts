import type { Scenario } from '../../domain/configuration/scenario.js';
import { OmsError } from '../../platform/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../notFound.js';

/** A draft and the version that publishing it would make. */
export interface FoundDraft {
  readonly draft: Scenario;
  readonly version: number;
}

/** @throws {OmsError} `resource.not_found`; `scenario.not_a_draft` when there is only what is published. */
export async function findDraft(
  { distributionScenarios }: Pick<ApiDependencies['configuration'], 'distributionScenarios'>,
  name: string,
): Promise<FoundDraft> {
  const found = await distributionScenarios.find(name);
  if (!found) throw notFound('scenario', name);
  if (!found.draft) throw new OmsError('scenario.not_a_draft', `${name} has no draft`);
  return { draft: found.draft, version: (found.published?.version ?? 0) + 1 };
}
