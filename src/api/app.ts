import express, { Router, type Express } from 'express';
import helmet from 'helmet';

import { OmsError } from '../platform/errors.js';
import { createAuthenticate, type Authenticate } from './auth/authenticate.js';
import type { ApiDependencies } from './dependencies.js';
import { docsRoutes } from './docs/docsRoutes.js';
import { problemPages } from './docs/problemPages.js';
import type { Endpoint } from './endpoint.js';
import { createEndpoints } from './endpoints.js';
import { healthRoutes } from './health/healthRoutes.js';
import { httpLog } from './serve/httpLog.js';
import { httpMetrics } from './serve/httpMetrics.js';
import { mountEndpoints } from './serve/mountEndpoints.js';
import { answerOptions } from './serve/otherMethods.js';
import { problemHandler } from './serve/problemHandler.js';
import { DEFAULT_RATE_LIMIT, limitFailedLogins, limitPerKey } from './serve/rateLimit.js';
import { requestId } from './serve/requestId.js';
import { setAuthenticated } from './serve/requestState.js';
import { isSigned } from './serve/signature.js';

/** The HTTP API: operations pages, documentation, and everything below `/v1`. */
export function createApp(dependencies: ApiDependencies): Express {
  const endpoints = createEndpoints(dependencies);
  const app = express();
  // Our ETags are versions, and queries are flat: `a[$ne]=1` stays a strange name.
  app.set('etag', false).set('query parser', 'simple').set('case sensitive routing', true);
  const { metrics } = dependencies;
  app.use(requestId, httpLog(dependencies.log), ...(metrics ? [httpMetrics(metrics)] : []), securityHeaders());
  app.use(healthRoutes(dependencies), problemPages(), docsRoutes(endpoints));
  app.use('/v1', apiRoutes(endpoints, dependencies));
  app.use((req) => {
    throw new OmsError('route.not_found', `Nothing is served at ${req.path}`);
  });
  app.use(problemHandler(dependencies.log));
  return app;
}

/** Pages load nothing from elsewhere. They also work without TLS, which ends before us or, on one machine, is not needed. */
const securityHeaders = () => helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });

function apiRoutes(endpoints: readonly Endpoint[], dependencies: ApiDependencies): Router {
  const { configuration, records, bootstrapKey, now, log, rateLimit = DEFAULT_RATE_LIMIT } = dependencies;
  const authenticate = createAuthenticate({ apiKeys: configuration.apiKeys, bootstrapKey, now });
  const router = Router({ caseSensitive: true });
  router.use(answerOptions(endpoints), noStore, limitFailedLogins(), requireKey(authenticate), limitPerKey(rateLimit));
  router.use(mountEndpoints(endpoints, { idempotency: configuration.idempotency, audit: records.audit, now, log }));
  return router;
}

/** Answers hold personal data, and some a secret: no cache keeps them. */
const noStore: express.RequestHandler = (_req, res, next) => {
  res.set('cache-control', 'no-store');
  next();
};

function requireKey(authenticate: Authenticate): express.RequestHandler {
  return async (req, res, next) => {
    // Only its endpoint knows whose signature it has to be.
    if (!isSigned(req)) setAuthenticated(res, await authenticate(req.get('authorization')));
    next();
  };
}
