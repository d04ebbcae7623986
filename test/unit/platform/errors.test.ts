import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ERRORS } from '../../../src/platform/errors.js';

const src = join(import.meta.dirname, '..', '..', '..', 'src');
const registry = join('platform', 'errors.ts');

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== registry)
  .map((path) => readFileSync(join(src, path), 'utf8'));

test.each(Object.keys(ERRORS))('%s is thrown somewhere', (code) => {
  expect(sources.some((source) => source.includes(`'${code}'`))).toBe(true);
});

test('every error has a status that tells a caller whose turn it is', () => {
  for (const { status, title } of Object.values(ERRORS)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).not.toBe('');
  }
});
