import type { RequestHandler } from 'express';

import type { Metrics } from '../../platform/metrics.js';

/** Counts each request under its route as it is written, so that no path makes a series of its own. */
export const httpMetrics =
  ({ http }: Pick<Metrics, 'http'>): RequestHandler =>
  (req, res, next) => {
    const begun = performance.now();
    res.once('finish', () => {
      const path = (req.route as { path?: unknown } | undefined)?.path;
      const route = typeof path === 'string' ? `${req.baseUrl}${path}` : 'none';
      http.observe({ method: req.method, route, status: res.statusCode }, (performance.now() - begun) / 1_000);
    });
    next();
  };
