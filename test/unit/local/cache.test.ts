import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, kept, type Source } from '../../../src/local/servers/cache.js';
import { cacheDirectory } from '../../../src/local/servers/cacheDirectory.js';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'oms-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const silent = () => undefined;

function thing(overrides: Partial<Source> = {}): Source {
  return {
    title: 'a thing',
    entry: 'thing-1',
    executable: 'thing',
    fill(folder) {
      writeFileSync(join(folder, 'thing'), '#!/bin/sh\n');
      chmodSync(join(folder, 'thing'), 0o755);
      return Promise.resolve();
    },
    ...overrides,
  };
}

test('a thing is filled under another name and appears whole', async () => {
  let during: string[] = [];
  const source = thing({
    check: () => Promise.resolve((during = readdirSync(cache).filter((name) => !name.endsWith('.lock')))),
  });

  const path = await keep(cache, source, silent);

  expect(during).toEqual([expect.stringMatching(/^\.unfinished-thing-1-/)]);
  expect(path).toBe(join(cache, 'thing-1', 'thing'));
  expect(readdirSync(cache)).toEqual(['thing-1']);
});

test('what does not run on this machine is not kept', async () => {
  const source = thing({ check: () => Promise.reject(new Error('libcurl.so.4 is missing')) });

  await expect(keep(cache, source, silent)).rejects.toThrow('libcurl.so.4 is missing');

  expect(kept(cache, source)).toBeUndefined();
  expect(readdirSync(cache)).toEqual([]);
});

test('a fetch that brought no executable is refused', async () => {
  await expect(keep(cache, thing({ executable: 'other' }), silent)).rejects.toThrow('it has no other');
});

test('the remains of a fetch that was killed are cleared away', async () => {
  const remains = join(cache, '.unfinished-thing-1-killed');
  mkdirSync(remains);

  await keep(cache, thing(), silent);

  expect(existsSync(remains)).toBe(false);
});

test('two that ask at the same time fetch once, and the second is told why it waits', async () => {
  let fetched = 0;
  let letGo: () => void = silent;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const source = thing({
    async fill(folder, onProgress) {
      fetched += 1;
      await gate;
      await thing().fill(folder, onProgress);
    },
  });

  // Which of them is first is not sure; the other one waits.
  const told: string[] = [];
  const hear = (line: string) => {
    told.push(line);
    letGo();
  };

  const first = keep(cache, source, hear);
  const second = keep(cache, source, hear);

  expect(await second).toBe(await first);
  expect(fetched).toBe(1);
  expect(told).toEqual(['waiting for another process that is fetching a thing']);
});

test.each([
  ['/somewhere', '/somewhere/oms'],
  [undefined, expect.stringMatching(/\/\.cache\/oms$/)],
  ['relative', expect.stringMatching(/\/\.cache\/oms$/)],
])('cache directory with XDG_CACHE_HOME %s', (given, expected) => {
  expect(cacheDirectory(given)).toEqual(expected);
});
