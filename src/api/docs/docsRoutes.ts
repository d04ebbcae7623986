import { createRequire } from 'node:module';

import { Router } from 'express';

import type { Endpoint } from '../endpoint.js';
import { buildOpenApi } from '../openapi.js';

const BUNDLE = createRequire(import.meta.url).resolve('@scalar/api-reference/browser/standalone.js');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>OMS API</title>
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/scalar.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// Everything comes from us: fonts and assistants of others would be fetched over the network.
const START = `Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
});
`;

/** The OpenAPI document, and a page that shows it. Both work without a network and need no key. */
export function docsRoutes(endpoints: readonly Endpoint[]): Router {
  const document = JSON.stringify(buildOpenApi(endpoints));
  const router = Router();
  router.get('/openapi.json', (_req, res) => {
    res.type('application/json').send(document);
  });
  router.get('/docs', (_req, res) => {
    res.type('text/html').send(PAGE);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('text/javascript').send(START);
  });
  router.get('/docs/scalar.js', (_req, res) => {
    res.sendFile(BUNDLE, { maxAge: '1h' });
  });
  return router;
}
