import { greedy, GREEDY, type GreedyPlan } from '../../../bench/support/greedy.js';
import { instance, type InstanceKind } from '../../../bench/support/instances.js';
import { mipProblemOf, relaxMip } from '../../../bench/support/mip.js';
import { plan } from '../../../src/domain/planning/plan.js';

/** A plan beside what others find for the same instance. */
export interface Compared {
  readonly kind: InstanceKind;
  readonly ours: GreedyPlan;
  /** What the relaxed MIP allows at most. */
  readonly bound: GreedyPlan;
  readonly greedy: readonly GreedyPlan[];
}

/** A process of its own, since all of this takes several times as long in the sandbox of the test runner. */
async function main(kinds: readonly InstanceKind[]): Promise<void> {
  const compared: Compared[] = [];
  for (const kind of kinds) {
    const input = instance(kind);
    const problem = mipProblemOf(input);
    // The MIP places what there is; a rule that wants all or nothing then places nothing.
    const isShort = input.order.lines.some(({ quantity }, row) => (problem.needs[row] ?? 0) < quantity);
    if (kind.rule === 'fewest' && isShort) continue;
    const { units, packages } = plan(input, { budgetMs: 250 }).objective;
    const rivals = Object.values(GREEDY).map((choose) => greedy(problem, choose));
    compared.push({ kind, ours: { units, packages }, bound: await relaxMip(problem), greedy: rivals });
  }
  process.stdout.write(JSON.stringify(compared));
}

void main(JSON.parse(process.argv[2] ?? '[]') as InstanceKind[]);
