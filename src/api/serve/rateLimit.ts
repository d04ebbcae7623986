import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

import { OmsError } from '../../platform/errors.js';
import { callerOf } from './requestState.js';

export interface RateLimit {
  readonly windowMs: number;
  readonly limit: number;
}

/** Far above what a shop or a store needs, and enough that one runaway client does not starve the others. */
export const DEFAULT_RATE_LIMIT: RateLimit = { windowMs: 10_000, limit: 5_000 };

const FAILED_LOGINS: RateLimit = { windowMs: 60_000, limit: 600 };

/** Requests per API key, told in `RateLimit` headers. Each process counts by itself. */
export function limitPerKey({ windowMs, limit }: RateLimit): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'key',
    keyGenerator: (_req, res) => callerOf(res)?.id ?? '',
    handler: refuse,
  });
}

/** Requests without a valid key, per address: guessing is hopeless, but each guess costs us a look-up. */
export function limitFailedLogins({ windowMs, limit }: RateLimit = FAILED_LOGINS): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? ''),
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode !== 401,
    handler: refuse,
  });
}

const refuse: Parameters<typeof rateLimit>[0] extends infer Options
  ? NonNullable<Extract<Options, { handler?: unknown }>['handler']>
  : never = (_req, _res, next, { windowMs }) => {
  next(
    new OmsError('request.too_many', 'Slow down, and try again after the time in Retry-After', {
      retryAfterSeconds: Math.ceil(windowMs / 1_000),
    }),
  );
};
