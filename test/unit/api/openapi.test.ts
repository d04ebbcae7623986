import { Ajv2020 } from 'ajv/dist/2020.js';

import { buildOpenApi } from '../../../src/api/openapi.js';
import { EVENT_TYPES } from '../../../src/domain/events/event.js';

const document = buildOpenApi();

describe('the OpenAPI document', () => {
  test('can be built without any server, and is the same each time', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(buildOpenApi())).toBe(JSON.stringify(document));
  });

  test('has every event as a webhook', () => {
    expect(Object.keys(document.webhooks ?? {}).sort()).toEqual([...EVENT_TYPES].sort());
  });

  test('resolves every reference, and every schema is one', () => {
    const text = JSON.stringify(document);
    const schemas = document.components?.schemas ?? {};
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');

    expect(references.filter((reference) => !((reference.split('/').at(-1) ?? '') in schemas))).toEqual([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'https://oms.example/', components: { schemas } });
    for (const name of Object.keys(schemas)) {
      expect(() => ajv.compile({ $ref: `https://oms.example/#/components/schemas/${name}` })).not.toThrow();
    }
  });

  test('tells for every operation what it is for, who may call it and how it can fail', () => {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      for (const operation of Object.values(item as Record<string, { summary: string; responses: object }>)) {
        expect([path, operation.summary.length > 5]).toEqual([path, true]);
        if (path.startsWith('/v1')) {
          expect(Object.keys(operation.responses)).toEqual(
            expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
          );
        }
      }
    }
  });

  test('gives each operation a name of its own', () => {
    const ids = [...JSON.stringify(document.paths).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('putDenialReasonsByCode');
  });
});
