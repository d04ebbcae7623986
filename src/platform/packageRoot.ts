import { dirname, join } from 'node:path';

/** The folder of `package.json`, from sources and from the build alike: both lie one folder below it. */
export const packageRoot = (): string => dirname(dirname(import.meta.dirname));

/** A path below the folder of `package.json`. */
export const fromPackageRoot = (...parts: readonly string[]): string => join(packageRoot(), ...parts);
