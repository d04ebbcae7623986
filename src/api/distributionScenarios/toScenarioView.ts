import type { Scenario } from '../../domain/configuration/scenario.js';
import type { ScenarioStatus } from '../../schemas/scenarioView.js';
import type { ScenarioRecord } from '../../store/scenarios.js';

export function toScenarioView(record: ScenarioRecord<Scenario>) {
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

function statusOf({ archivedAt, published }: ScenarioRecord<Scenario>): ScenarioStatus {
  if (archivedAt !== null) return 'archived';
  return published ? 'published' : 'draft';
}
