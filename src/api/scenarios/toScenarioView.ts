import type { ScenarioStatus } from '../../schemas/scenarioView.js';
import type { ScenarioRecord } from '../../store/scenarios.js';
import type { AnyScenario } from './scenarioKind.js';

/** A scenario with its life, as the API shows it. */
export function toScenarioView(record: ScenarioRecord<AnyScenario>) {
  const { name, draft, published, revision, createdAt, updatedAt } = record;
  const status = statusOf(record);
  return {
    // One of the two is always there; the name keeps a scenario without either readable.
    ...(published?.scenario ?? draft),
    name,
    status,
    version: published?.version ?? null,
    publishedVersion: status === 'published' ? (published?.version ?? null) : null,
    draft,
    revision,
    createdAt,
    updatedAt,
  };
}

function statusOf({ archivedAt, published }: ScenarioRecord<AnyScenario>): ScenarioStatus {
  if (archivedAt !== null) return 'archived';
  return published ? 'published' : 'draft';
}
