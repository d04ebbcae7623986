import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';

const folder = join(import.meta.dirname, '..', 'histories');
const workflowsPath = join(import.meta.dirname, '..', '..', 'src', 'workflows', 'index.ts');

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
});

describe('recorded histories', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  test('there are some of every workflow', () => {
    for (const kind of ['order', 'package', 'transfer', 'trial'])
      expect(files.some((name) => name.includes(`.${kind}.`))).toBe(true);
  });

  // A history that no longer replays means that orders which are under way would stop. See docs/how-to/change-a-workflow.md.
  test('replay against the workflows of today', async () => {
    const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    const histories = files.map((name) => {
      const { workflowId, history } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        workflowId: string;
        history: unknown;
      };
      return { workflowId, history: historyFromJSON(history) };
    });

    const failed: string[] = [];
    for await (const { workflowId, error } of Worker.runReplayHistories(
      { workflowBundle, replayName: 'recorded' },
      histories,
    )) {
      if (error) failed.push(`${workflowId}: ${error.message}`);
    }

    expect(failed).toEqual([]);
  }, 60_000);
});
