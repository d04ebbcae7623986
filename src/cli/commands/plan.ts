import type { Command } from 'commander';

import { EXIT } from '../exit.js';

/** `oms plan`: the planner without servers. Always answers JSON. */
export function addPlanCommand(program: Command): void {
  program
    .command('plan <cases...>')
    .description('plan the orders of plan-case files; needs no server')
    .option('--budget-ms <n>', 'time that the planner may search', '5000')
    .action(async (cases: string[], { budgetMs }: { budgetMs: string }) => {
      const { planFiles } = await import('../plan.js');
      const { stdout, stderr, exitCode } = planFiles(cases, { budgetMs: Number(budgetMs) });
      if (stdout !== '') process.stdout.write(stdout);
      if (stderr !== '') process.stderr.write(stderr);
      process.exitCode = exitCode === 0 ? EXIT.done : EXIT.refused;
    });
}
