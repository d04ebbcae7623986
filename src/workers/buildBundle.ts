import { writeFile } from 'node:fs/promises';

import { BUNDLE_PATH, buildBundle } from './bundle.js';

// The last step of `npm run build`.
await writeFile(BUNDLE_PATH, await buildBundle());
