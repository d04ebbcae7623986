import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Source } from './cache.js';
import { download, type Download } from './download.js';
import { runCommand } from './runCommand.js';

/** A gzipped tar archive on the maker's site with an executable in it. */
export interface OfficialArchive extends Download {
  readonly entry: string;
  /** Path of the executable inside the archive. */
  readonly member: string;
  /** Throws when the executable does not run on this machine. */
  readonly check?: (executable: string) => Promise<unknown>;
}

/** Downloads the archive, verifies its checksum before anything of it is unpacked, and keeps only the executable. */
export function officialSource(archive: OfficialArchive): Source {
  const executable = basename(archive.member);
  return {
    title: `the official download of ${archive.what}`,
    entry: archive.entry,
    executable,
    ...(archive.check && { check: archive.check }),
    async fill(folder, onProgress) {
      const work = await mkdtemp(join(folder, 'unpack-'));
      const file = join(work, 'archive.tar.gz');
      await download(archive, file, onProgress);
      await runCommand('tar', ['-xzf', file, '-C', work, archive.member], { timeoutMs: 120_000 });
      await rename(join(work, archive.member), join(folder, executable));
      await chmod(join(folder, executable), 0o755);
      await rm(work, { recursive: true });
    },
  };
}
