import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep } from '../../../src/local/servers/cache.js';
import { fetchText } from '../../../src/local/servers/download.js';
import { officialSource, type OfficialArchive } from '../../../src/local/servers/officialSource.js';
import { runNode } from '../../support/runNode.js';

let folder: string;
let site: Server;
let base: string;
let archive: Buffer;
const requests: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oms-official-'));
  mkdirSync(join(folder, 'thing-1', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'thing-1', 'bin', 'thing'), '#!/bin/sh\necho 1\n');
  execFileSync('tar', ['-czf', join(folder, 'thing.tgz'), '-C', folder, 'thing-1']);
  archive = readFileSync(join(folder, 'thing.tgz'));
  requests.length = 0;
  site = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.url === '/thing.tgz') response.end(request.method === 'HEAD' ? undefined : archive);
    else if (request.url === '/thing.tgz.sha256') response.end(`${digest()}  thing.tgz\n`);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterEach(async () => {
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
  rmSync(folder, { recursive: true });
});

const digest = () => createHash('sha256').update(archive).digest('hex');
const fetchThing = (given: Partial<OfficialArchive> = {}, onProgress: (line: string) => void = () => undefined) =>
  keep(join(folder, 'cache'), officialSource({ ...described(), ...given }), onProgress);
const described = (): OfficialArchive => ({
  what: 'thing 1',
  entry: 'thing-1',
  urls: [`${base}/thing.tgz`],
  sha256: digest(),
  member: 'thing-1/bin/thing',
});

test('the executable of an archive with the pinned checksum is kept, and progress is told', async () => {
  const told: string[] = [];

  const path = await fetchThing({}, (line) => told.push(line));

  expect(execFileSync(path, { encoding: 'utf8' })).toBe('1\n');
  expect(told[0]).toMatch(/^downloading thing 1 \(.*\) from 127\.0\.0\.1/);
});

test('an archive with another checksum is refused before it is unpacked', async () => {
  const sha256 = '0'.repeat(64);

  await expect(fetchThing({ sha256 })).rejects.toThrow(`has the SHA-256 ${digest()}, not ${sha256}: it was refused`);
});

test('without a pin, the checksum that is published beside the archive counts', async () => {
  const sha256 = async () => (await fetchText(`${base}/thing.tgz.sha256`)).split(' ')[0] ?? '';

  expect(await fetchThing({ sha256 })).toMatch(/thing-1\/thing$/);
});

test('a checksum that is not published is a reason to refuse', async () => {
  await expect(fetchThing({ sha256: () => fetchText(`${base}/none`) })).rejects.toThrow(/none answered 404/);
});

test('the second address serves when the first does not', async () => {
  await fetchThing({ urls: [`${base}/moved.tgz`, `${base}/thing.tgz`] });

  expect(requests.filter((request) => request.startsWith('GET'))).toEqual(['GET /thing.tgz']);
});

test('a site that refuses the connection is told as such', async () => {
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));

  await expect(fetchThing()).rejects.toThrow(/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
});

test('a site that accepts and never answers costs seconds', async () => {
  site.removeAllListeners('request');
  const started = performance.now();

  await expect(fetchThing()).rejects.toThrow(/cannot be reached within 3 s/);

  expect(performance.now() - started).toBeLessThan(4_500);
});

test('two processes that start at the same time download once', async () => {
  const args = [join(folder, 'cache'), JSON.stringify(described())];

  const [one, two] = await Promise.all([0, 1].map(() => runNode('test/unit/local/fetchOnce.ts', args)));

  expect(one).toBe(two);
  expect(requests.filter((request) => request.startsWith('GET'))).toEqual(['GET /thing.tgz']);
});
