import Module from 'node:module';

type Resolve = (request: string, ...rest: unknown[]) => string;
const loader = Module as unknown as { _resolveFilename: Resolve };

/**
 * Starts the servers of the `stack` project, once for the whole run.
 *
 * Jest compiles what is loaded here but does not apply its `moduleNameMapper` to it, and our imports end in `.js`
 * where the files end in `.ts`. So the mapping is made here, before anything of ours is loaded.
 */
export default async function globalSetup(): Promise<void> {
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, ...rest) => {
    try {
      return resolve.call(loader, request, ...rest);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
      return resolve.call(loader, request.replace(/js$/, 'ts'), ...rest);
    }
  };
  try {
    const { startStack } = await import('./startStack.js');
    await startStack();
  } finally {
    loader._resolveFilename = resolve;
  }
}
