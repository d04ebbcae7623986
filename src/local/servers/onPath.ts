import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalServerError } from './localServerError.js';

/** The first executable of one of these names in the folders of a search path. Throws when there is none. */
export function onPath(searchPath: string, ...names: readonly [string, ...string[]]): string {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  throw new LocalServerError(`there is no ${names.join(' or ')} on the PATH`);
}

/** Whether the file exists and may be run by this user. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
