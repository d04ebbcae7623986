import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';

import type { Logger } from '../../platform/log.js';
import { callerOf, requestIdOf } from './requestState.js';

/** One line for each request: who, what, how it ended and how long it took. Never headers, queries or bodies. */
export function httpLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (_req, res) => requestIdOf(res),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: (req, res) => `${req.method} ${res.statusCode}`,
    customErrorMessage: (req, res) => `${req.method} ${res.statusCode}`,
    customSuccessObject: (req, res, { responseTime }: { responseTime: number }) => lineOf(req, res, responseTime),
    customErrorObject: (req, res, _error, { responseTime }: { responseTime: number }) => lineOf(req, res, responseTime),
  });
}

const lineOf = (req: Request, res: Response, responseTime: number) => ({
  method: req.method,
  path: req.originalUrl.split('?', 1)[0],
  status: res.statusCode,
  durationMs: responseTime,
  caller: callerOf(res)?.id,
});
