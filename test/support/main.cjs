// Runs a TypeScript file whose threads are to load TypeScript as well: they inherit what their process requires.
// `node --require ./typescript.cjs main.cjs file.ts argument`
const { resolve } = require('node:path');

process.argv.splice(1, 1);
require(resolve(process.argv[1]));
