import { benchInquiry, printInquiryBench } from './inquiry.js';
import { benchIsolation, printIsolationBench } from './isolation.js';
import { benchPlanner, printPlannerBench } from './planner.js';
import { benchWebhooks, printWebhookBench } from './webhooks.js';

/** What can be measured, by name: `npm run bench planner [-- --quick] [-- --json]`. */
const BENCHES: Readonly<Record<string, (options: { isQuick: boolean; isJson: boolean }) => Promise<string>>> = {
  planner: async ({ isQuick, isJson }) => {
    const measured = await benchPlanner({ isQuick });
    return isJson ? json(measured) : printPlannerBench(measured);
  },
  inquiry: async ({ isQuick, isJson }) => {
    const measured = await benchInquiry({ isQuick });
    return isJson ? json(measured) : printInquiryBench(measured);
  },
  isolation: async ({ isQuick, isJson }) => {
    const measured = await benchIsolation({ isQuick });
    return isJson ? json(measured) : printIsolationBench(measured);
  },
  webhooks: async ({ isQuick, isJson }) => {
    const measured = await benchWebhooks({ isQuick });
    return isJson ? json(measured) : printWebhookBench(measured);
  },
};

const json = (measured: unknown) => `${JSON.stringify(measured, null, 2)}\n`;

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !BENCHES[name]);
  if (names.length === 0 || unknown.length > 0) {
    console.error(`Name what to measure: ${Object.keys(BENCHES).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const options = { isQuick: args.includes('--quick'), isJson: args.includes('--json') };
  for (const name of names) process.stdout.write((await BENCHES[name]?.(options)) ?? '');
}

void main(process.argv.slice(2));
