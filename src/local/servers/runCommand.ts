import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LocalServerError } from './localServerError.js';

export interface CommandOptions {
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** Called with every line that the command writes, to either stream. */
  readonly onLine?: (line: string) => void;
}

/** Enough to see why a compiler or an installer gave up. */
const REMEMBERED_LINES = 8;

/** Runs a command to its end and resolves to what it wrote. Throws, with its last lines, unless it ends with 0. */
export async function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const child = spawn(file, args, { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: options.timeoutMs });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      options.onLine?.(line);
    });
  }

  const end = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? '' : signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
  if (end === '') return lines.join('\n');
  throw new LocalServerError([`${file}: ${end}`, ...lines.slice(-REMEMBERED_LINES)].join('\n     '));
}
