import { join } from 'node:path';

import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const workflowsPath = join(import.meta.dirname, '..', '..', '..', 'src', 'workflows', 'index.ts');

interface Module {
  readonly path: string;
  readonly bytes: number;
}

/** The source map in the bundle's last line names every module with its source. */
function modulesOf(code: string): Module[] {
  const [, encoded = ''] = /sourceMappingURL=data:[^,]*,([A-Za-z0-9+/=]+)/.exec(code) ?? [];
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as {
    sources: string[];
    sourcesContent: string[];
  };
  return map.sources.map((path, index) => ({ path, bytes: Buffer.byteLength(map.sourcesContent[index] ?? '') }));
}

describe('the workflow bundle', () => {
  let modules: Module[];

  beforeAll(async () => {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    modules = modulesOf(code);
  }, 60_000);

  test('has nothing in it that knows the outside, and no schema, expression or date library', () => {
    const foreign = modules
      .map(({ path }) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
      .filter((name): name is string => name !== undefined);

    const allowed = ['@temporalio/common', '@temporalio/workflow', '@temporalio/worker', 'long', 'ms', 'nexus-rpc'];
    expect([...new Set(foreign)].filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test('has of ours only workflows and domain, and less than a megabyte of it', () => {
    const ours = modules.filter(({ path }) => path.endsWith('.ts') && !path.includes('node_modules'));

    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter(({ path }) => !/\/src\/(workflows|domain)\//.test(path))).toEqual([]);
    expect(ours.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(1_048_576);
  });
});
