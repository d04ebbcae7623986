import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runOms } from '../../support/runOms.js';
import { ADMIN_KEY, useApi } from './support/api.js';

const api = useApi();

const scenario = (name: string, more: object = {}) => ({
  name,
  defaultLocation: 'W1',
  conditions: { channel: { in: [name] } },
  rules: [
    { name: 'never', strategy: 'single', when: 'false' },
    { name: 'rest', strategy: 'partial' },
  ],
  ...more,
});

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  const address = { country: 'TR' };
  await api.put('/v1/locations/W1', { name: 'W1', type: 'warehouse', stockEngine: 'erp', address });
  await api.post('/v1/distribution-scenarios', scenario('web'));
  await api.post('/v1/distribution-scenarios/web/publish');
  const clean = scenario('web', { rules: [{ name: 'rest', strategy: 'partial' }] });
  await api.put('/v1/distribution-scenarios/web', clean, { headers: { 'if-match': '"2"' } });
  await api.post('/v1/transfer-scenarios', { name: 'hub', rules: [{ name: 'r', lines: 'all', when: '1 > 2' }] });
});

const codes = (report: { findings: { code: string }[] }) => report.findings.map(({ code }) => code);

describe('GET /{name}/lint', () => {
  test('200: the draft, where there is one', async () => {
    const { status, body } = await api.get('/v1/distribution-scenarios/web/lint');

    expect([status, body.version, codes(body)]).toEqual([200, null, []]);
  });

  test('200: a published version, with pointer, sentence and hint', async () => {
    const { body } = await api.get('/v1/distribution-scenarios/web/lint?version=1');

    expect(body).toMatchObject({
      kind: 'distribution',
      name: 'web',
      version: 1,
      findings: [
        {
          code: 'unreachable_rule',
          severity: 'error',
          pointer: '/rules/0/when',
          message: 'the rule never fires: false holds for no order',
          hint: expect.any(String),
        },
      ],
    });
  });

  test('200: a transfer scenario alike', async () => {
    const { body } = await api.get('/v1/transfer-scenarios/hub/lint');

    expect([body.kind, codes(body)]).toEqual(['transfer', ['unreachable_rule']]);
  });

  test.each([['/v1/distribution-scenarios/none/lint'], ['/v1/distribution-scenarios/web/lint?version=9']])(
    '404: %s',
    async (path) => {
      expect((await api.get(path)).status).toBe(404);
    },
  );
});

describe('POST /lint', () => {
  test('200: a scenario that could not be saved is told about like any other, and is not saved', async () => {
    const given = scenario('new', {
      defaultLocation: 'W9',
      rules: [{ name: 'r', strategy: 'single', when: 'order.x' }],
    });

    const { status, body } = await api.post('/v1/distribution-scenarios/lint', given);

    expect(status).toBe(200);
    expect(codes(body)).toEqual(['refused_when_written', 'unknown_location', 'no_fallback']);
    expect((await api.get('/v1/distribution-scenarios/new')).status).toBe(404);
  });
});

test('GET /lint tells about everything that is published or drafted', async () => {
  const { body } = await api.get('/v1/lint');

  expect(body.items).toMatchObject([
    { kind: 'distribution', name: 'web', version: 1 },
    { kind: 'distribution', name: 'web', version: null },
    { kind: 'transfer', name: 'hub', version: null },
  ]);
});

const oms = (...args: string[]) => runOms(args, { url: api.url(), key: ADMIN_KEY });

describe('oms scenarios lint', () => {
  test('of all: a table, and 1 because of an error', async () => {
    const { status, stdout, stderr } = await oms('scenarios', 'lint');

    expect([status, stderr.trim()]).toEqual([1, 'Errors: 1']);
    expect(stdout).toContain('unreachable_rule');
    expect(stdout).toContain('web v1');
    expect(stdout).not.toContain('hub');
  });

  test('of one without findings: 0', async () => {
    expect(await oms('scenarios', 'lint', 'web')).toMatchObject({ status: 0, stderr: '' });
  });

  test('of a file, as JSON', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'lint-')), 'scenario.json');
    writeFileSync(file, JSON.stringify(scenario('file', { rules: [{ name: 'r', strategy: 'single' }] })));

    const { status, stdout } = await oms('scenarios', 'lint', '--file', file, '--json');

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'file', findings: [{ code: 'no_fallback' }] }]);
  });

  test('of transfer scenarios', async () => {
    expect(await oms('transfer-scenarios', 'lint', 'hub')).toMatchObject({ status: 1 });
  });
});
