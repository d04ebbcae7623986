import type { Instant } from '../../order/order.js';

interface ScenarioLife {
  readonly draft: object | null;
  readonly published: { readonly version: number } | null;
  readonly archivedAt: Instant | null;
}

interface BegunShadow {
  /** The version that publishing the draft would have made. */
  readonly version: number;
  readonly createdAt: Instant;
}

/**
 * Why there is nothing more to find out about a draft, or null. It may be changed meanwhile: the shadow is of
 * the draft as it was. A shadow of a scenario that was archived before goes on, since publishing brings it back.
 */
export function whyShadowEnds(scenario: ScenarioLife | null, { version, createdAt }: BegunShadow): string | null {
  if (!scenario) return 'the draft was deleted';
  if ((scenario.published?.version ?? 0) >= version) return 'the draft was published';
  if (scenario.draft === null) return 'the draft was deleted';
  const isArchived = scenario.archivedAt !== null && scenario.archivedAt >= createdAt;
  return isArchived ? 'the scenario was archived' : null;
}
