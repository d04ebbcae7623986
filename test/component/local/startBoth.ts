// A process of its own for the tests of what happens to servers whose starter is killed: starts both on the given
// folder, prints their pids and addresses, and stays until its standard
// input is closed, as it is when the test run itself is killed.
import { startMongo } from '../../../src/local/servers/startMongo.js';
import { startTemporal } from '../../../src/local/servers/startTemporal.js';
import { mongoOptions, temporalOptions } from '../../support/serverOptions.js';

const [dataDir] = process.argv.slice(2);
const started = Promise.all([
  startMongo({ ...mongoOptions(), dataDir }),
  startTemporal({ ...temporalOptions(), dataDir }),
]);
void started.then((servers) => {
  const told = servers.map(({ address, pid }) => ({ address, pid }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
});
process.stdin.resume().once('end', () => process.exit());
process.on('SIGINT', () => process.stdout.write('interrupted\n'));
