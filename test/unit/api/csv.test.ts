import { z } from 'zod';

import { toCsv } from '../../../src/api/serve/csv.js';

const schema = z.object({
  code: z.string(),
  address: z.object({ country: z.string(), latitude: z.number().optional() }).nullable(),
  tags: z.array(z.string()).default([]),
});

describe('CSV of a list', () => {
  test('has the columns of the schema, also without items', () => {
    expect(toCsv(schema, [])).toBe('code,address.country,address.latitude,tags\r\n');
  });

  test('keeps numbers as they are, lists as JSON, and what is not there empty', () => {
    const items = [
      { code: 'a,"b"', address: { country: 'TR', latitude: -33.5 }, tags: ['x'] },
      { code: 'c', address: null },
    ];

    expect(toCsv(schema, items).split('\r\n')).toEqual([
      'code,address.country,address.latitude,tags',
      '"a,""b""",TR,-33.5,"[""x""]"',
      'c,,,',
      '',
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('makes text of %p, which a spreadsheet would run', (code) => {
    expect(toCsv(schema, [{ code, address: null, tags: [] }])).toContain(`'${code}`);
  });
});
