import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from './cache.js';
import { fetchText } from './download.js';
import { thisHost, type Host } from './host.js';
import { climb, type Executable, type ExecutableOptions } from './ladder.js';
import { LocalServerError } from './localServerError.js';
import { officialSource, type OfficialArchive } from './officialSource.js';
import { onPath } from './onPath.js';
import { runCommand } from './runCommand.js';

const VERSION = '1.38.0';

/** Java 17 is what the test server was tried with. */
const OLDEST_JAVA = 17;

/** The `exec` lets SIGKILL reach the virtual machine, and the flags halve its start, for which the SDK waits 5 s. */
const WRAPPER = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/** The time-skipping Temporal test server, for `TestWorkflowEnvironment.createTimeSkipping`. Only tests need it. */
export async function timeSkippingExecutable(options: ExecutableOptions): Promise<Executable> {
  return climb(
    {
      server: 'time-skipping Temporal test server',
      address: 'an address: not possible, each test environment needs a server of its own',
      command: 'temporal-test-server',
      variable: 'OMS_TEMPORAL_TEST_SERVER_BIN',
      // It cannot be asked for its version.
      inspect: () => Promise.resolve('temporal-test-server'),
      sources: () => [officialSource(testServerArchive(thisHost())), mavenSource(options.searchPath ?? '')],
    },
    options,
  );
}

/** The native build of the release of the Java SDK, whose checksum GitHub publishes in its description of the release. */
export function testServerArchive({ os, arch }: Host): OfficialArchive {
  const name = `temporal-test-server_${VERSION}_${os === 'darwin' ? 'macOS' : 'linux'}_${arch === 'x64' ? 'amd64' : 'arm64'}`;
  const release = `https://api.github.com/repos/temporalio/sdk-java/releases/tags/v${VERSION}`;
  return {
    what: `Temporal test server ${VERSION}`,
    entry: `temporal-test-server-${VERSION}-official-${os}-${arch}`,
    urls: [`https://github.com/temporalio/sdk-java/releases/download/v${VERSION}/${name}.tar.gz`],
    sha256: async () => publishedDigest(await fetchText(release), `${name}.tar.gz`),
    member: `${name}/temporal-test-server`,
  };
}

function publishedDigest(release: string, file: string): string {
  const { assets } = JSON.parse(release) as { assets?: { name: string; digest?: string | null }[] };
  const digest = assets?.find(({ name }) => name === file)?.digest;
  if (digest?.startsWith('sha256:') !== true) throw new LocalServerError(`no checksum is published for ${file}`);
  return digest.slice('sha256:'.length);
}

/** The Java build with its 39 libraries; Maven checks each against the checksum published beside it. */
function mavenSource(searchPath: string): Source {
  return {
    title: `Maven artefact io.temporal:temporal-test-server ${VERSION}`,
    entry: `temporal-test-server-${VERSION}-maven`,
    executable: 'temporal-test-server',
    async fill(folder, onProgress) {
      await requireJava(onPath(searchPath, 'java'));
      const maven = onPath(searchPath, 'mvn');
      onProgress('downloading the Temporal test server and its libraries (33 MB) with Maven: this happens once');
      await mkdir(join(folder, 'lib'));
      await writeFile(join(folder, 'pom.xml'), PROJECT);
      const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
      await runCommand(maven, ['-B', '-q', '-C', goal, `-DoutputDirectory=${join(folder, 'lib')}`], {
        cwd: folder,
        timeoutMs: 10 * 60_000,
      });
      const wrapper = join(folder, 'temporal-test-server');
      await writeFile(wrapper, WRAPPER);
      await chmod(wrapper, 0o755);
    },
  };
}

async function requireJava(java: string): Promise<void> {
  const told = await runCommand(java, ['-version'], { timeoutMs: 20_000 });
  const major = Number(/version "(\d+)/.exec(told)?.[1] ?? 0);
  if (major < OLDEST_JAVA) throw new LocalServerError(`${java} is older than Java ${OLDEST_JAVA}`);
}

const PROJECT = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>oms</groupId>
  <artifactId>temporal-test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <!-- Without it every test begins with three lines about a missing logger. -->
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;
