import type { Host } from '../../../src/local/servers/host.js';
import { mongodArchive } from '../../../src/local/servers/mongodExecutable.js';
import { temporalArchive } from '../../../src/local/servers/temporalExecutable.js';
import { testServerArchive } from '../../../src/local/servers/timeSkippingExecutable.js';

const debian: Host = { os: 'linux', arch: 'x64', distribution: 'id=debian' };
const ubuntuOnArm: Host = { os: 'linux', arch: 'arm64', distribution: 'id=ubuntu id_like=debian' };
const rocky: Host = { os: 'linux', arch: 'x64', distribution: 'id="rocky" id_like="rhel centos fedora"' };
const intelMac: Host = { os: 'darwin', arch: 'x64', distribution: '' };
const appleMac: Host = { os: 'darwin', arch: 'arm64', distribution: '' };

test.each([
  [debian, 'linux/mongodb-linux-x86_64-ubuntu2204-7.0.14.tgz', 'mongodb-linux-x86_64-ubuntu2204-7.0.14/bin/mongod'],
  [
    ubuntuOnArm,
    'linux/mongodb-linux-aarch64-ubuntu2204-7.0.14.tgz',
    'mongodb-linux-aarch64-ubuntu2204-7.0.14/bin/mongod',
  ],
  [rocky, 'linux/mongodb-linux-x86_64-rhel90-7.0.14.tgz', 'mongodb-linux-x86_64-rhel90-7.0.14/bin/mongod'],
  [intelMac, 'osx/mongodb-macos-x86_64-7.0.14.tgz', 'mongodb-macos-x86_64-7.0.14/bin/mongod'],
  // The archive for Apple processors is named after "arm64" and has a folder named after "aarch64".
  [appleMac, 'osx/mongodb-macos-arm64-7.0.14.tgz', 'mongodb-macos-aarch64-7.0.14/bin/mongod'],
])('mongod for %j', (host, file, member) => {
  expect(mongodArchive(host)).toMatchObject({ urls: [`https://fastdl.mongodb.org/${file}`], member });
});

test.each([
  [debian, 'linux', 'amd64'],
  [ubuntuOnArm, 'linux', 'arm64'],
  [intelMac, 'darwin', 'amd64'],
  [appleMac, 'darwin', 'arm64'],
])('Temporal CLI for %j, with a pinned checksum', (host, os, machine) => {
  const release = 'https://github.com/temporalio/cli/releases/download/v1.5.1';
  expect(temporalArchive(host)).toMatchObject({
    urls: [
      `${release}/temporal_cli_1.5.1_${os}_${machine}.tar.gz`,
      `https://temporal.download/cli/archive/v1.5.1?platform=${os}&arch=${machine}`,
    ],
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('test server for Apple processors', () => {
  expect(testServerArchive(appleMac)).toMatchObject({
    urls: [
      'https://github.com/temporalio/sdk-java/releases/download/v1.38.0/temporal-test-server_1.38.0_macOS_arm64.tar.gz',
    ],
    member: 'temporal-test-server_1.38.0_macOS_arm64/temporal-test-server',
  });
});

test('no two builds share a place in the cache', () => {
  const hosts = [debian, ubuntuOnArm, rocky, intelMac, appleMac];

  const entries = new Set(hosts.map((host) => mongodArchive(host).entry));

  expect(entries.size).toBe(hosts.length);
});
