import { Router } from 'express';

import type { ApiDependencies } from '../dependencies.js';

/** For whatever watches the process: alive, and able to work. Needs no key and tells no more than names. */
export function healthRoutes({ ready }: Pick<ApiDependencies, 'ready'>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const parts = await ready();
    const isReady = Object.values(parts).every((part) => part === 'ok');
    if (!isReady) res.set('retry-after', '1');
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable', parts });
  });
  return router;
}
