import { readFileSync } from 'node:fs';
import { LocalServerError } from './localServerError.js';

export interface Host {
  readonly os: 'linux' | 'darwin';
  readonly arch: 'x64' | 'arm64';
  /** `ID` and `ID_LIKE` of /etc/os-release, empty on macOS. */
  readonly distribution: string;
}

/** The machine as far as the choice of an archive depends on it. Throws where no server can be offered. */
export function thisHost(): Host {
  const { platform: os, arch } = process;
  if ((os !== 'linux' && os !== 'darwin') || (arch !== 'x64' && arch !== 'arm64')) {
    throw new LocalServerError(`no server is offered for ${os} on ${arch}, only for Linux and macOS on x64 and arm64`);
  }
  return { os, arch, distribution: os === 'linux' ? distribution() : '' };
}

function distribution(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .filter((line) => /^ID(_LIKE)?=/.test(line))
      .join(' ')
      .toLowerCase();
  } catch {
    return '';
  }
}
