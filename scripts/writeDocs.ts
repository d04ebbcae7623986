import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generatedFiles } from './generated.js';

// `npm run docs`: writes every generated file into the working tree.
const root = join(import.meta.dirname, '..');
for (const [path, content] of generatedFiles()) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  console.log(path);
}
