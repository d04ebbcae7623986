import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** The command as a process of its own, without any setting of this machine. */
function oms(args: readonly string[], environment: Record<string, string> = {}, input = '') {
  const command = [join(root, 'test/support/typescript.cjs'), 'src/cli/main.ts', ...args];
  const env = { PATH: process.env['PATH'], OMS_DATA_DIR: join(tmpdir(), 'no-such-data'), ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, env, input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const CASE = {
  at: '2026-11-23T09:00:00Z',
  order: { number: 'R1', lines: [{ id: '1', sku: 'A', quantity: 1, unitPrice: 100 }] },
  locations: [{ code: 'W1', type: 'warehouse', address: { country: 'DE' } }],
  stock: [{ location: 'W1', sku: 'A', quantity: 1, reserved: 0 }],
  scenarios: [
    {
      name: 'default',
      priority: 1,
      defaultLocation: 'W1',
      conditions: { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' },
      rules: [{ name: 'one', strategy: 'single', locations: {}, rank: [] }],
    },
  ],
  transferScenarios: [],
};

function written(document: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'oms-plan-')), 'case.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

describe('oms', () => {
  test('--help names the verbs and ends with 0', () => {
    const { status, stdout } = oms(['--help']);

    expect(status).toBe(0);
    for (const verb of [
      'dev',
      'api',
      'worker',
      'migrate',
      'keys',
      'orders',
      'packages',
      'locations',
      'scenarios',
      'plan',
      'stock',
      'reports',
      'events',
      'webhooks',
    ]) {
      expect(stdout).toContain(`  ${verb} `);
    }
  });

  test.each([
    [['explode']],
    [['orders', '--no-such-option']],
    [['keys', 'create', 'first', '--role', 'king']],
    [['plan']],
    [['plan', 'case.json', '--budget-ms', 'soon']],
    [['plan', 'case.json', '--budget-ms', '0']],
  ])('%j is wrong usage: 2, with a word on stderr', (args) => {
    const { status, stderr } = oms(args);

    expect(status).toBe(2);
    expect(stderr).not.toBe('');
  });

  test('a wrong environment is wrong usage, and every fault is named', () => {
    const { status, stderr } = oms(['api'], { OMS_PORT: 'eighty', LOG_LEVEL: 'loud' });

    expect(status).toBe(2);
    expect(stderr).toContain('OMS_PORT');
    expect(stderr).toContain('LOG_LEVEL');
  });

  test.each([
    ['without a key', ['orders'], {}, 'OMS_KEY'],
    ['without servers', ['worker'], {}, 'MONGODB_URI'],
    ['when nobody listens', ['orders'], { OMS_KEY: 'oms_x_y_z', OMS_URL: 'http://127.0.0.1:9' }, 'cannot be reached'],
  ])('%s it says what is missing and ends with 1', (_case, args, environment, word) => {
    const { status, stderr } = oms(args, environment);

    expect(status).toBe(1);
    expect(stderr).toContain(word);
  });

  test('plan answers JSON, one document per line in the order of the files, without any server', () => {
    const [one, none] = [written(CASE), written({ ...CASE, scenarios: [] })];

    const { status, stdout, stderr } = oms(['plan', one, none, one, '--budget-ms', '100', '--json']);

    expect([status, stderr]).toEqual([0, '']);
    const [first, second, third, end] = stdout.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ outcome: 'planned', packages: [{ location: 'W1', rule: 'one' }] });
    expect(JSON.parse(second ?? '')).toMatchObject({ outcome: 'no_scenario', scenario: null, packages: [] });
    expect([third, end]).toEqual([first, '']);
  });

  test('plan reads standard input for -', () => {
    const { status, stdout } = oms(['plan', '-'], {}, JSON.stringify(CASE));

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'planned' });
  });

  test('plan ends with 1 at bad input, names the file, the pointer and the fault, and plans nothing', () => {
    const bad = written({ ...CASE, order: { ...CASE.order, lines: [{ id: '1', sku: 'A', quantity: 0 }] } });

    const { status, stdout, stderr } = oms(['plan', written(CASE), bad]);

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`${bad}: /order/lines/0/quantity: `);
  });
});
