import { createScenarioRepository } from '../../../src/store/scenarios.js';
import { useDatabase } from '../api/support/database.js';

interface Content {
  readonly text: string;
}

const NOW = new Date('2026-11-23T09:00:00Z');

const database = useDatabase();
let scenarios: ReturnType<typeof createScenarioRepository<Content>>;
beforeAll(() => {
  scenarios = createScenarioRepository<Content>(database(), 'trial_scenarios');
});

/** What a process leaves behind that ends after the version is written and before it counts. */
const beginPublishing = (name: string, text: string, fromRevision: number) =>
  scenarios.versions.write(
    name,
    { version: 1, scenario: { text }, publishedAt: NOW, publishedBy: 'ended' },
    fromRevision,
  );

describe('publishing a scenario', () => {
  test('a version that was begun and never counted is written by the draft that is published', async () => {
    await scenarios.createDraft('crashed', { text: 'old' }, NOW);
    await beginPublishing('crashed', 'old', 1);
    await scenarios.writeDraft('crashed', { text: 'new' }, 1, NOW);

    const published = await scenarios.publish('crashed', 'me', NOW);

    expect(published?.published).toMatchObject({ version: 1, scenario: { text: 'new' } });
    expect(await scenarios.versions.find('crashed', 1)).toMatchObject({ scenario: { text: 'new' }, publishedBy: 'me' });
  });

  test('a process that was only asleep cannot change what was published meanwhile', async () => {
    await scenarios.createDraft('asleep', { text: 'old' }, NOW);
    await scenarios.writeDraft('asleep', { text: 'new' }, 1, NOW);
    await scenarios.publish('asleep', 'me', NOW);

    await beginPublishing('asleep', 'old', 1);

    expect(await scenarios.versions.find('asleep', 1)).toMatchObject({ scenario: { text: 'new' } });
  });

  test('a version that never counted is not listed', async () => {
    await scenarios.createDraft('unlisted', { text: 'old' }, NOW);
    await beginPublishing('unlisted', 'old', 1);

    expect((await scenarios.versions.list('unlisted', 0, { limit: 10 })).items).toEqual([]);
  });

  test('a version that planned orders stays as it was, whatever becomes of its scenario', async () => {
    await scenarios.createDraft('used', { text: 'first' }, NOW);
    await scenarios.publish('used', 'me', NOW);
    await scenarios.archive('used', NOW);
    await scenarios.createDraft('used', { text: 'second' }, NOW);
    await scenarios.publish('used', 'me', NOW);

    expect(await scenarios.versions.find('used', 1)).toMatchObject({ version: 1, scenario: { text: 'first' } });
    expect(await scenarios.versions.find('used', 2)).toMatchObject({ version: 2, scenario: { text: 'second' } });
  });

  test('active ones are those that are not archived', async () => {
    await scenarios.createDraft('kept', { text: 'a' }, NOW);
    await scenarios.createDraft('gone', { text: 'a' }, NOW);
    await scenarios.archive('gone', NOW);

    const names = (await scenarios.active()).map(({ name }) => name);

    expect(names).toContain('kept');
    expect(names).not.toContain('gone');
  });
});
