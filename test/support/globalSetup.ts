// Jest compiles what is loaded here but does not apply its `moduleNameMapper` to it, and our imports end in `.js`
// where the files end in `.ts`.
import './typescript.cjs';

/** Starts the servers of the `stack` project, once for the whole run. */
export default async function globalSetup(): Promise<void> {
  const { startStack } = await import('./startStack.js');
  await startStack();
}
