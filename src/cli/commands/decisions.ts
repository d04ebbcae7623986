import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, printOne, type Column, type Row } from '../output.js';

const answerOf = ({ answer }: Row) => answer as { outcome: string; explanation: { text: string } } | null;

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'n', value: ({ n }) => n as number },
  { heading: 'status', value: ({ status }) => status as string },
  { heading: 'at', value: ({ at }) => at as string | null },
  { heading: 'outcome', value: (row) => answerOf(row)?.outcome },
  { heading: 'packages', value: ({ packages }) => (packages as string[]).join(', ') },
];

/** `oms orders decisions` and `oms orders why-not`: why an order lies where it lies. */
export function addDecisionCommands(program: Command, connect: () => ApiClient): void {
  const orders = program.commands.find((command) => command.name() === 'orders');

  orders
    ?.command('decisions <number>')
    .description('why the order was planned as it was')
    .option('--json', 'JSON instead of a table and text')
    .action(async (number: string, _options: unknown, command: Command) => {
      const isJson = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const { items } = await connect().get<{ items: Row[] }>(pathOf(number));
      print(items, COLUMNS, { json: isJson });
      if (isJson) return;
      for (const item of items) {
        const text = answerOf(item)?.explanation.text;
        if (text !== undefined) process.stdout.write(`\nDecision ${String(item['n'])}\n${text}\n`);
      }
    });

  orders
    ?.command('why-not <number>')
    .description('why a location packs nothing of the order, and what would have changed that')
    .requiredOption('--location <code>', 'the location that is asked about')
    .option('--decision <n>', 'the decision in question; the first when absent', '1')
    .option('--json', 'JSON instead of text')
    .action(async (number: string, _options: unknown, command: Command) => {
      const { location, decision, json } = command.optsWithGlobals<{
        location: string;
        decision: string;
        json?: boolean;
      }>();
      const path = `${pathOf(number)}/${encodeURIComponent(decision)}/why-not`;
      const answer = await connect().get<Row>(path, { location });
      if (json === true) printOne(answer, { json: true });
      else process.stdout.write(`${String(answer['text'])}\n`);
    });
}

const pathOf = (number: string): string => `orders/${encodeURIComponent(number)}/decisions`;
