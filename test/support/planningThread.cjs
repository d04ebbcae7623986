// A thread of the planner that runs our TypeScript as it is.
require('./typescript.cjs');
module.exports = require('../../src/planner/thread.ts');
