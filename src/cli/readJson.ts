import { readFileSync } from 'node:fs';

import { Refused } from './exit.js';

/** @throws {Refused} that names the file when it is missing or no JSON. `-` is standard input. */
export function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new Refused(`${file} is not readable as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
