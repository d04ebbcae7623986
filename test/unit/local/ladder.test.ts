import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../../../src/local/servers/cache.js';
import { climb, versionOf, type Ladder } from '../../../src/local/servers/ladder.js';

let folder: string;
const told: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oms-ladder-'));
  told.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A real executable that tells its version. */
function script(path: string, version: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "thing ${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}

function source(title: string, fill: Source['fill']): Source {
  return { title, entry: title, executable: 'thing', fill };
}

const works = (title: string) => source(title, (into) => Promise.resolve(void script(join(into, 'thing'), '3.0')));
const fails = (title: string, why: string) => source(title, () => Promise.reject(new Error(why)));

const ladder = (...sources: Source[]): Ladder => ({
  server: 'thing server',
  address: 'an address in THING_ADDRESS: none is given',
  command: 'thing',
  variable: 'THING_BIN',
  inspect: async (path) => `thing ${await versionOf(path, /thing (\d+)\.(\d+)/, [2, 0])}`,
  sources: () => sources,
});

const options = (executable?: string) => ({
  executable,
  searchPath: join(folder, 'bin'),
  cacheDir: join(folder, 'cache'),
  onProgress: (line: string) => void told.push(line),
});

test('an executable on the PATH goes before every download', async () => {
  const path = script(join(folder, 'bin', 'thing'), '2.1');

  const found = await climb(ladder(works('download')), options());

  expect(found).toEqual({ path, origin: `thing 2.1, on the PATH: ${path}` });
});

test('an executable that is named goes before one on the PATH', async () => {
  script(join(folder, 'bin', 'thing'), '2.1');
  const named = script(join(folder, 'elsewhere', 'my-thing'), '2.2');

  const found = await climb(ladder(), options(named));

  expect(found).toEqual({ path: named, origin: `thing 2.2, named by THING_BIN: ${named}` });
});

test('one that is named but not there is told at once, and the next way is tried', async () => {
  const found = await climb(ladder(works('download')), options(join(folder, 'missing')));

  expect(found.origin).toBe('download');
  expect(told[0]).toMatch(/THING_BIN names .*missing, which is no executable file; trying other ways/);
});

test('an executable that is too old is passed over', async () => {
  script(join(folder, 'bin', 'thing'), '1.9');

  const found = await climb(ladder(works('download')), options());

  expect(found.origin).toBe('download');
});

test('a download that fails makes way for the registry, and the reason is told', async () => {
  const found = await climb(ladder(fails('download', 'closed network'), works('registry')), options());

  expect(found).toEqual({ path: join(folder, 'cache', 'registry', 'thing'), origin: 'registry' });
  expect(told).toEqual(['thing server: not from download: closed network']);
});

test('what an earlier run fetched goes before a new download', async () => {
  await climb(ladder(works('registry')), options());

  const found = await climb(ladder(works('download'), works('registry')), options());

  expect(found.origin).toMatch(/^registry, kept in /);
  expect(readdirSync(join(folder, 'cache'))).toEqual(['registry']);
});

test('when no way works, one message names all four and why', async () => {
  const attempt = climb(ladder(fails('download', 'closed network'), fails('registry', 'no compiler')), options());

  await expect(attempt).rejects.toThrow(
    [
      'There is no thing server. These are the ways to get one, and none worked:',
      '  1. an address in THING_ADDRESS: none is given',
      '  2. thing on the PATH or named by THING_BIN: there is no thing on the PATH',
      '  3. download: closed network',
      '  4. registry: no compiler',
    ].join('\n'),
  );
});

test('on a platform that nobody offers anything for, an installed one still does', async () => {
  const nowhere: Ladder = {
    ...ladder(),
    sources: () => {
      throw new Error('no server is offered for plan9');
    },
  };
  await expect(climb(nowhere, options())).rejects.toThrow(/3\. the official download: .*plan9\n {2}4\. /);
  const path = script(join(folder, 'bin', 'thing'), '2.1');

  expect(await climb(nowhere, options())).toMatchObject({ path });
});
