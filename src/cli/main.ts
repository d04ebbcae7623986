#!/usr/bin/env node
import { CommanderError } from 'commander';

import { ConfigError } from '../platform/config.js';
import { EXIT, Refused } from './exit.js';
import { createProgram } from './program.js';

createProgram()
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    process.exitCode = report(error);
  });

/** Says on stderr what went wrong, in one message, and answers the exit code. */
function report(error: unknown): number {
  // Commander has said it already; asking for help is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError) {
    console.error(error.message);
    return EXIT.usage;
  }
  if (error instanceof Refused || isForPeople(error)) {
    console.error(error.message);
    return EXIT.refused;
  }
  console.error(error);
  return EXIT.refused;
}

/** Errors of the local servers explain themselves; their stack helps nobody. */
function isForPeople(error: unknown): error is Error {
  return error instanceof Error && error.name === 'LocalServerError';
}
