import { Command } from 'commander';

import { readConfig, type Config } from '../platform/config.js';
import { createApiClient } from './apiClient.js';
import { addAuditCommand } from './commands/audit.js';
import { addBulkCommand } from './commands/bulk.js';
import { addBookCommands } from './commands/books.js';
import { addEventsCommand } from './commands/events.js';
import { addKeysCommand } from './commands/keys.js';
import { addLocationImport, addOmnitronCommand } from './commands/omnitron.js';
import { addLifecyclesCommand } from './commands/lifecycles.js';
import { addPlanCommand } from './commands/plan.js';
import { addReportsCommand } from './commands/reports.js';
import { addDecisionCommands } from './commands/decisions.js';
import { addResourceCommands } from './commands/resources.js';
import { addScenariosCommand } from './commands/scenarios.js';
import { addStockCommand } from './commands/stock.js';
import { addStockEnginesCommand } from './commands/stockEngines.js';
import { addVerifyCommand } from './commands/verify.js';
import { addWebhooksCommand } from './commands/webhooks.js';

/** Loads a long-running command only when it is asked for: help and lists need neither Temporal nor MongoDB. */
type Run = (config: Config) => Promise<void>;

const PROCESSES: readonly { name: string; summary: string; load: () => Promise<Run> }[] = [
  {
    name: 'dev',
    summary: 'the whole system on this machine: servers, API, worker, simulators and a demonstration brand',
    load: async () => (await import('./commands/dev.js')).runDev,
  },
  { name: 'api', summary: 'serve the API', load: async () => (await import('./commands/api.js')).runApi },
  {
    name: 'worker',
    summary: 'run workflows and activities',
    load: async () => (await import('./commands/worker.js')).runWorker,
  },
  {
    name: 'migrate',
    summary: 'build indexes in MongoDB and register search attributes with Temporal',
    load: async () => (await import('./commands/migrate.js')).runMigrate,
  },
  {
    name: 'servers',
    summary: 'get the embedded servers onto this machine without starting them',
    load: async () => (await import('./commands/servers.js')).runServers,
  },
];

/** The `oms` command. */
export function createProgram(): Command {
  const program = new Command('oms')
    .description('Order management: plans orders into packages and follows them until delivery.')
    .exitOverride()
    .showHelpAfterError('(run with --help for what there is)');
  for (const { name, summary, load } of PROCESSES) {
    const command = program.command(name).description(summary);
    if (name === 'dev') command.option('--fresh', 'begin with empty servers instead of the data of the last run');
    command.action(async (options: { fresh?: boolean }) => {
      const run = await load();
      await run({ ...readConfig(), ...(options.fresh && { isFresh: true }) });
    });
  }
  const connect = () => createApiClient(readConfig());
  addResourceCommands(program, connect);
  addDecisionCommands(program, connect);
  addLocationImport(program, connect);
  addOmnitronCommand(program, connect);
  addBulkCommand(program, connect);
  addScenariosCommand(program, connect);
  addLifecyclesCommand(program, connect);
  addStockCommand(program, connect);
  addStockEnginesCommand(program, connect);
  addBookCommands(program, connect);
  addReportsCommand(program, connect);
  addEventsCommand(program, connect);
  addWebhooksCommand(program, connect);
  addAuditCommand(program, connect);
  addKeysCommand(program, connect);
  addPlanCommand(program);
  addVerifyCommand(program);
  return program;
}
