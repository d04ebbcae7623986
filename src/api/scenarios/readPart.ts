import type { ScenarioRecord } from '../../store/scenarios.js';
import { notFound } from '../notFound.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';

/** The draft or a published version of a scenario. */
export interface Part<Content> {
  readonly scenario: Content;
  /** Null: the draft. */
  readonly version: number | null;
}

/** The draft or that version. @throws {OmsError} 404 when there is none. */
export async function readPart<Content extends AnyScenario>(
  { repository, noun }: Pick<ScenarioKind<Content>, 'repository' | 'noun'>,
  name: string,
  which: number | 'draft',
): Promise<Part<Content>> {
  if (which === 'draft') {
    const draft = draftOf(await repository.find(name));
    if (!draft) throw notFound(noun, `${name} with a draft`);
    return draft;
  }
  const found = await repository.findVersion(name, which);
  if (!found) throw notFound('version', `${name}@${which}`);
  return { scenario: found.scenario, version: which };
}

/** What is being worked on: the draft, or what is published. @throws {OmsError} 404 */
export async function readNewest<Content extends AnyScenario>(
  { repository, noun }: Pick<ScenarioKind<Content>, 'repository' | 'noun'>,
  name: string,
): Promise<Part<Content>> {
  const found = await repository.find(name);
  const part = draftOf(found) ?? publishedOf(found);
  if (!part) throw notFound(noun, name);
  return part;
}

const draftOf = <Content>(found: ScenarioRecord<Content> | null): Part<Content> | null =>
  found?.draft ? { scenario: found.draft, version: null } : null;

const publishedOf = <Content>(found: ScenarioRecord<Content> | null): Part<Content> | null =>
  found?.published ? { scenario: found.published.scenario, version: found.published.version } : null;
