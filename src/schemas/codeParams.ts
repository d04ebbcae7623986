import { z } from 'zod';

import { identifier } from './common.js';

/** The business key in a path. */
export const codeParams = z.strictObject({ code: identifier });
