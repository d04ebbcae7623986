import type { Source } from './cache.js';
import type { Host } from './host.js';
import { thisHost } from './host.js';
import { climb, versionOf, type Executable, type ExecutableOptions } from './ladder.js';
import { officialSource, type OfficialArchive } from './officialSource.js';
import { onPath } from './onPath.js';
import { runCommand } from './runCommand.js';

/** CLI 1.5.1 has server 1.29.1 in it, and is the last whose module `go install` accepts by name. */
const VERSION = '1.5.1';

/** Of the archives of the release on GitHub; temporal.download serves the same files. */
const SHA256: Record<string, string> = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  linux_arm64: 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

/** The Temporal CLI, which is the dev server too. */
export async function temporalExecutable(options: ExecutableOptions): Promise<Executable> {
  return climb(
    {
      server: 'Temporal server',
      address: 'an address in TEMPORAL_ADDRESS: none is given',
      command: 'temporal',
      variable: 'OMS_TEMPORAL_BIN',
      inspect: async (path) => `Temporal server ${await serverVersion(path)}`,
      sources: () => [officialSource(temporalArchive(thisHost())), goSource(thisHost(), options.searchPath ?? '')],
    },
    options,
  );
}

/** The release archive for a machine. */
export function temporalArchive({ os, arch }: Host): OfficialArchive {
  const machine = arch === 'x64' ? 'amd64' : 'arm64';
  return {
    what: `Temporal CLI ${VERSION}`,
    entry: `temporal-${VERSION}-official-${os}-${arch}`,
    urls: [
      `https://github.com/temporalio/cli/releases/download/v${VERSION}/temporal_cli_${VERSION}_${os}_${machine}.tar.gz`,
      `https://temporal.download/cli/archive/v${VERSION}?platform=${os}&arch=${machine}`,
    ],
    sha256: SHA256[`${os}_${machine}`] ?? '',
    member: 'temporal',
    check: serverVersion,
  };
}

/** Builds the CLI from its Go modules, which the Go checksum database vouches for. */
function goSource({ os, arch }: Host, searchPath: string): Source {
  const module = 'github.com/temporalio/cli';
  return {
    title: `Go module ${module} ${VERSION}, built with "go install"`,
    entry: `temporal-${VERSION}-go-${os}-${arch}`,
    executable: 'temporal',
    check: serverVersion,
    async fill(folder, onProgress) {
      const go = onPath(searchPath, 'go');
      onProgress('building the Temporal server from its Go modules: this happens once and takes about 3 minutes');
      const started = Date.now();
      const sign = setInterval(
        () => onProgress(`building the Temporal server: ${Math.round((Date.now() - started) / 1000)} s`),
        20_000,
      );
      try {
        // Symbols are a third of the file, and nobody debugs this build.
        const flags = ['-ldflags', `-s -w -X ${module}/temporalcli.Version=${VERSION}`];
        const variables = [`GOBIN=${folder}`, 'CGO_ENABLED=0'];
        await runCommand('env', [...variables, go, 'install', ...flags, `${module}/cmd/temporal@v${VERSION}`], {
          cwd: folder,
          timeoutMs: 20 * 60_000,
        });
      } finally {
        clearInterval(sign);
      }
    },
  };
}

/** Before 1.28 the server lacks fields of an update with start that our client sends. */
function serverVersion(path: string): Promise<string> {
  return versionOf(path, /Server (\d+)\.(\d+)(\.\d+)?/, [1, 28]);
}
