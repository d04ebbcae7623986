import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore, type RecordStore } from '../../../src/store/store.js';
import { parcel, transfer } from '../api/support/orders.js';
import { freshDatabase } from '../../support/stack.js';

let connection: Connection;
let records: RecordStore;

const DAYS = 60;
const day = (n: number) => new Date(Date.UTC(2026, 8, 1 + n, 12)).toISOString();
/** Three of the sixty days. */
const range = { from: day(10), to: day(13), timeZone: 'UTC' };
const page = { limit: 50 };

beforeAll(async () => {
  connection = await connectStore(freshDatabase());
  records = createRecordStore(connection);
  await migrate(connection);
  const { decisions, packages, transfers, events } = records;
  for (let n = 0; n < DAYS; n++) {
    const record = parcel(`R${n}`, 1, { createdAt: day(n), dueAt: day(n) });
    await decisions.open(`R${n}`, 1, [], new Date(day(n)));
    await decisions.decide(`R${n}`, 1, 'planned', { at: day(n), packages: [record] } as never);
    await packages.save(record, 1);
    await transfers.save(transfer(record), 1);
    const common = { subject: `package/R${n}P1`, timestamp: day(n), data: record, order: `R${n}` };
    await events.append(
      [
        { ...common, type: 'package.status.packed', sequence: 1 },
        { ...common, type: 'package.status.transitioned', sequence: 2 },
      ],
      1,
    );
  }
});

afterAll(() => connection.close());

interface Stage {
  readonly stage: string;
  readonly indexName?: string;
  readonly inputStage?: Stage;
}

interface Explained {
  readonly queryPlanner: { readonly winningPlan: Stage & { readonly queryPlan?: Stage } };
  readonly executionStats: { readonly totalDocsExamined: number; readonly totalKeysExamined: number };
}

/** How MongoDB carries out the one aggregation that `read` makes. */
async function explained(collection: string, read: () => Promise<unknown>) {
  const made: object[][] = [];
  connection.set('debug', (_collection: string, method: string, pipeline: object[]) => {
    if (method === 'aggregate') made.push(pipeline);
  });
  await read();
  connection.set('debug', false);
  expect(made).toHaveLength(1);
  const plan = (await connection
    .collection(collection)
    .aggregate(made[0] ?? [])
    .explain('executionStats')) as unknown as { stages?: readonly { $cursor?: Explained }[] } & Explained;
  const { queryPlanner, executionStats } = plan.stages?.[0]?.$cursor ?? plan;
  const stages: string[] = [];
  let stage: Stage | undefined = queryPlanner.winningPlan.queryPlan ?? queryPlanner.winningPlan;
  for (; stage; stage = stage.inputStage) stages.push(stage.indexName ?? stage.stage);
  return { stages, ...executionStats };
}

describe('a report reads nothing but its range, by an index', () => {
  test.each([
    ['split rate', 'decisions', () => records.reports.splitRate(range, page), 'plan.at_1'],
    ['location load', 'decisions', () => records.reports.locationLoad(range, page), 'plan.at_1'],
    ['location movements', 'packages', () => records.reports.locationMovements(range, page), 'createdAt_-1__id_-1'],
    ['transfer movements', 'transfers', () => records.reports.transferMovements(range, page), 'createdAt_-1__id_-1'],
    ['overdue', 'packages', () => records.reports.overdue(range, page), 'state_1_dueAt_1'],
    ['refusals', 'packages', () => records.reports.refusals(range, page), 'createdAt_-1__id_-1'],
    ['lead times', 'events', () => records.reports.leadTimes(range, page), 'type_1_timestamp_1'],
  ])('%s', async (_name, collection, read, index) => {
    const { stages, totalDocsExamined } = await explained(collection, read);

    expect(stages).toContain(index);
    expect(stages).not.toContain('COLLSCAN');
    // One document a day, and the range has three days of the sixty.
    expect(totalDocsExamined).toBe(3);
  });
});

test('a report that is asked for a place of another list says so', async () => {
  await expect(records.reports.splitRate(range, { limit: 1, cursor: 'bm8' })).rejects.toMatchObject({
    code: 'request.malformed',
  });
});
