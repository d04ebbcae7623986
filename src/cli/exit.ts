/** Exit codes that scripts rely on. */
export const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Ends the command with a sentence on stderr and exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
