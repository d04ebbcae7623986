import { InvalidArgumentError, type Command } from 'commander';

import { EXIT } from '../exit.js';

const LONGEST_BUDGET_MS = 3_600_000;

/** `oms plan`: the planner without servers. Always answers JSON. */
export function addPlanCommand(program: Command): void {
  program
    .command('plan <cases...>')
    .description('plan the orders of plan-case files, `-` for standard input; needs no server')
    .option('--budget-ms <n>', 'time that the planner may search', toMilliseconds, 5_000)
    .option('--json', 'as everywhere; here the answer is always JSON')
    .action(async (cases: string[], { budgetMs }: { budgetMs: number }) => {
      const { planFiles } = await import('../plan.js');
      const { stdout, stderr, exitCode } = planFiles(cases, { budgetMs });
      if (stdout !== '') process.stdout.write(stdout);
      if (stderr !== '') process.stderr.write(stderr);
      process.exitCode = exitCode === 0 ? EXIT.done : EXIT.refused;
    });
}

function toMilliseconds(given: string): number {
  const milliseconds = Number(given);
  if (/^\d+$/.test(given) && milliseconds >= 1 && milliseconds <= LONGEST_BUDGET_MS) return milliseconds;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${LONGEST_BUDGET_MS}`);
}
