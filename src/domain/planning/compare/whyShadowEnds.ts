interface ScenarioLife {
  readonly draft: object | null;
  readonly published: { readonly version: number } | null;
}

/**
 * Why there is nothing more to find out about a draft, or null. It may be changed meanwhile: the shadow is of
 * the draft as it was.
 *
 * @param version The version that publishing the draft would have made.
 */
export function whyShadowEnds(scenario: ScenarioLife | null, version: number): string | null {
  if (!scenario) return 'the draft was deleted';
  if ((scenario.published?.version ?? 0) >= version) return 'the draft was published';
  return scenario.draft === null ? 'the draft was deleted' : null;
}
