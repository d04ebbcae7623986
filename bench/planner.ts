import { monitorEventLoopDelay } from 'node:perf_hooks';

import Table from 'cli-table3';

import { plan } from '../src/domain/planning/plan.js';
import { createPlanner } from '../src/planner/planner.js';
import { PLAN_THREAD } from '../test/support/planThread.js';
import { greedy, GREEDY } from './support/greedy.js';
import { instance, RULE_KINDS, STOCK_KINDS, type InstanceSize, type StockKind } from './support/instances.js';
import { mipProblemOf, solveMip } from './support/mip.js';

interface BenchSize extends InstanceSize {
  /** Orders, each planned by every rule. */
  readonly rounds: number;
}

// Of 100 plans p99 is the slowest one, so that what takes little is planned more often.
const SIZES: readonly BenchSize[] = [
  { lines: 1, locations: 10, rounds: 100 },
  { lines: 5, locations: 500, rounds: 100 },
  { lines: 12, locations: 2_000, rounds: 30 },
  { lines: 30, locations: 2_000, rounds: 20 },
];

/** Of live orders. */
const BUDGET_MS = 250;
const MIP_SECONDS = 2;

interface Row {
  readonly size: string;
  readonly stock: StockKind;
  readonly plans: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of plans with proof. */
  readonly proven: number;
  /** Share of plans of which the one that came second is proven as well. */
  readonly second: number;
  readonly greedyP50Ms: number;
  /** Of the first instances, time-limited. */
  readonly mipP50Ms: number;
}

interface Block {
  readonly size: string;
  readonly longestMs: number;
}

export interface PlannerBench {
  readonly rows: readonly Row[];
  readonly peakMemoryMb: number;
  /** Longest time for which the event loop did not turn while the pool planned. */
  readonly eventLoop: readonly Block[];
}

/** Times the planner on instances that seeds fix, every rule in turn. For a quiet machine. */
export async function benchPlanner({ isQuick }: { isQuick: boolean }): Promise<PlannerBench> {
  warmUp();
  const rows: Row[] = [];
  for (const size of SIZES) {
    const rounds = isQuick ? Math.ceil(size.rounds / 10) : size.rounds;
    for (const stock of STOCK_KINDS) rows.push(await measure(size, stock, rounds));
  }
  const eventLoop = [
    await longestBlock({ lines: 12, locations: 2_000 }),
    await longestBlock({ lines: 30, locations: 2_000 }),
  ];
  return { rows, peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024), eventLoop };
}

/** As people read it. */
export function printPlannerBench({ rows, peakMemoryMb, eventLoop }: PlannerBench): string {
  const head = [
    'lines x locations',
    'stock',
    'plans',
    'p50 ms',
    'p99 ms',
    'proven',
    'second',
    'greedy p50 ms',
    'HiGHS p50 ms',
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { size, stock, plans, p50Ms, p99Ms, proven, second, greedyP50Ms, mipP50Ms } of rows) {
    table.push([size, stock, plans, p50Ms, p99Ms, percent(proven), percent(second), greedyP50Ms, mipP50Ms]);
  }
  const blocks = eventLoop.map(
    ({ size, longestMs }) => `Longest block of the event loop, ${size} in the pool: ${longestMs} ms`,
  );
  return [table.toString(), ...blocks, `Peak memory: ${peakMemoryMb} MB`, ''].join('\n');
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** A live process is warm: every rule on every stock, of each size, by other seeds than those that are measured. */
function warmUp(): void {
  const kinds = SIZES.flatMap((size) =>
    STOCK_KINDS.flatMap((stock) => RULE_KINDS.map((rule) => ({ ...size, stock, rule }))),
  );
  for (const seed of [-1, -2, -3]) for (const kind of kinds) plan(instance({ ...kind, seed }), { budgetMs: BUDGET_MS });
}

async function measure(size: InstanceSize, stock: StockKind, rounds: number): Promise<Row> {
  const times: number[] = [];
  const greedyTimes: number[] = [];
  const mipTimes: number[] = [];
  let [proven, second] = [0, 0];
  for (let seed = 1; seed <= rounds; seed++) {
    for (const rule of RULE_KINDS) {
      const input = instance({ ...size, stock, rule, seed });
      const [answer, ms] = timed(() => plan(input, { budgetMs: BUDGET_MS }));
      times.push(ms);
      if (answer.optimal) proven++;
      if (answer.explanation.rules.every(({ runnerUpSearch }) => runnerUpSearch === 'complete')) second++;
      if (rule !== 'partial') continue;
      const problem = mipProblemOf(input);
      greedyTimes.push(timed(() => greedy(problem, GREEDY.byUnits))[1]);
      if (mipTimes.length < 3) {
        const start = performance.now();
        await solveMip(problem, { seconds: MIP_SECONDS, withPriority: false });
        mipTimes.push(performance.now() - start);
      }
    }
  }
  return {
    size: nameOf(size),
    stock,
    plans: times.length,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    proven: proven / times.length,
    second: second / times.length,
    greedyP50Ms: quantile(greedyTimes, 0.5),
    mipP50Ms: quantile(mipTimes, 0.5),
  };
}

async function longestBlock(size: InstanceSize): Promise<Block> {
  const planner = createPlanner({ threads: 1, thread: PLAN_THREAD });
  const inputs = STOCK_KINDS.map((stock) => instance({ ...size, stock, rule: 'partial', seed: 1 }));
  await planner.plan(instance({ lines: 1, locations: 10, stock: 'easy', rule: 'single', seed: 1 }), { budgetMs: 1 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (const input of inputs) await planner.plan(input, { budgetMs: BUDGET_MS });
  delay.disable();
  await planner.close();
  return { size: nameOf(size), longestMs: rounded(delay.max / 1e6) };
}

const nameOf = ({ lines, locations }: InstanceSize) => `${lines} x ${locations}`;

function timed<Result>(run: () => Result): [Result, number] {
  const start = performance.now();
  const result = run();
  return [result, performance.now() - start];
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

const rounded = (ms: number) => Math.round(ms * 10) / 10;
