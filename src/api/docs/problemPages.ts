import { Router } from 'express';

import { ERRORS, OmsError, type ErrorCode } from '../../platform/errors.js';

/** The page that the `type` of a problem leads to. */
export function problemPages(): Router {
  const router = Router();
  router.get('/problems/:code', (req, res) => {
    const { code } = req.params;
    if (!Object.hasOwn(ERRORS, code)) throw new OmsError('route.not_found', 'We have no such problem');
    res.type('text/html').send(pageOf(code as ErrorCode));
  });
  return router;
}

function pageOf(code: ErrorCode): string {
  const { status, title, retryable } = ERRORS[code];
  const retry = retryable ? 'The same request can succeed later.' : 'The same request will fail again.';
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${code}</title></head>
  <body><h1>${title}</h1><p><code>${code}</code>, status ${status}. ${retry}</p><p><a href="/docs">API reference</a></p></body>
</html>
`;
}
