import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf, identityOf } from '../../../src/local/servers/processTable.js';
import { takeOver } from '../../../src/local/servers/takeOver.js';

let folder: string;
let pidFile: string;
const children: ChildProcess[] = [];
const told: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oms-takeover-'));
  pidFile = join(folder, 'thing.pid');
  told.length = 0;
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const mark = () => `--dbpath ${folder}/data --port`;
const run = () => takeOver({ title: 'thing', pidFile, mark: mark(), onProgress: (line) => told.push(line) });

/** A process whose command line ends with the given arguments, and that ignores SIGTERM if it is told to. */
async function start(args: readonly string[], stubborn = false): Promise<ChildProcess> {
  const wait = `${stubborn ? 'trap "" TERM; ' : ''}echo up; while :; do sleep 0.1; done`;
  const child = spawn('/bin/sh', ['-c', wait, 'thing', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

/** What stays of a process in a pid file once it was killed. */
async function identityOfDead(): Promise<string> {
  const child = await start([]);
  const identity = identityOf(child.pid ?? 0) ?? '';
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

test('a server that a killed process left behind is ended', async () => {
  const server = await start(['--dbpath', `${folder}/data`, '--port', '1']);
  writeFileSync(pidFile, `${server.pid}\n${await identityOfDead()}\n`);
  const ended = once(server, 'exit');

  await run();

  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(told).toEqual([`ending the thing (pid ${server.pid}) that a killed process left behind`]);
  expect(existsSync(pidFile)).toBe(false);
});

test('one that does not end by itself is killed', async () => {
  const server = await start(['--dbpath', `${folder}/data`, '--port', '1'], true);
  writeFileSync(pidFile, `${server.pid}\n${await identityOfDead()}\n`);
  const ended = once(server, 'exit');

  await run();

  expect(await ended).toEqual([null, 'SIGKILL']);
}, 15_000);

test('a pid that meanwhile belongs to somebody else is left alone', async () => {
  const foreign = await start(['--dbpath', `${folder}/data-of-another`, '--port', '1']);
  writeFileSync(pidFile, `${foreign.pid}\n${await identityOfDead()}\n`);

  await run();

  expect(commandLineOf(foreign.pid ?? 0)).toContain('data-of-another');
  expect(existsSync(pidFile)).toBe(false);
});

test('a server whose starter is alive is not taken away', async () => {
  const server = await start(['--dbpath', `${folder}/data`, '--port', '1']);
  writeFileSync(pidFile, `${server.pid}\n${identityOf(process.pid)}\n`);

  await expect(run()).rejects.toThrow(
    `thing already runs on this data (pid ${server.pid}), started by process ${process.pid}: stop that first`,
  );

  expect(commandLineOf(server.pid ?? 0)).not.toBe('');
});

test.each([
  ['no pid file', undefined],
  ['an empty pid file', ''],
  ['a pid file with rubbish', 'rubbish\nmore\n'],
  ['the pid of init', '1\n1 x\n'],
  ['all processes of this user', '-1\n1 x\n'],
  ['a pid that nobody has', '4194303\n1 x\n'],
])('%s is no obstacle', async (_case, content) => {
  if (content !== undefined) writeFileSync(pidFile, content);

  await run();

  expect(told).toEqual([]);
});

test('a process that has ended has neither command line nor identity', async () => {
  const identity = await identityOfDead();

  const pid = Number(identity.split(' ')[0]);

  expect(pid).toBeGreaterThan(1);
  expect([commandLineOf(pid), identityOf(pid)]).toEqual(['', undefined]);
});
