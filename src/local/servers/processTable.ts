import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command line of a live process in one text; empty when it has ended, or may not be seen. */
export function commandLineOf(pid: number): string {
  return process.platform === 'linux' ? fromProc(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') : ps(pid, 'command=');
}

/**
 * Names a live process for good: a pid is given to another process one day, a pid with its start is not.
 * Undefined when there is no such process, or it has ended and only waits to be collected.
 */
export function identityOf(pid: number): string | undefined {
  const start = process.platform === 'linux' ? linuxStart(pid) : ps(pid, 'lstart=');
  return start === '' ? undefined : `${pid} ${start}`;
}

/** Start in clock ticks since boot, which is why the boot is named as well. */
function linuxStart(pid: number): string {
  // The second field is the name of the program, which may hold anything but ends with the last bracket.
  const [state, ...fields] = fromProc(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  const start = fields[18];
  if (start === undefined || state === 'Z') return '';
  return `${fromProc('/proc/sys/kernel/random/boot_id').trim()} ${start}`;
}

function fromProc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
