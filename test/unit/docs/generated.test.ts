import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { generatedFiles } from '../../../scripts/generated.js';

const root = join(import.meta.dirname, '..', '..', '..');

test.each([...generatedFiles()])('%s is what the code says; `npm run docs` writes it anew', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content);
});
