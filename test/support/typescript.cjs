// Lets plain Node load our TypeScript, for tests that need processes of their own to kill. It is required for that,
// or run with the file and its arguments: `node typescript.cjs file.ts argument`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve: absolute } = require('node:path');
const { transformSync } = require('@swc/core');

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  try {
    return resolve.call(Module, request, ...rest);
  } catch (error) {
    if (!/^\.{0,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(Module, request.replace(/js$/, 'ts'), ...rest);
  }
};

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

if (require.main === module) {
  process.argv.splice(1, 1);
  require(absolute(process.argv[1]));
}
