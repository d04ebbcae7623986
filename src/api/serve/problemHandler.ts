import type { ErrorRequestHandler } from 'express';

import type { Logger } from '../../platform/log.js';
import { isOurs, toProblem } from './problem.js';
import { requestIdOf } from './requestState.js';
import { send } from './send.js';

/** The last word on every request that failed outside of its endpoint. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error, req, res, next) => {
    if (res.headersSent) return next(error);
    const requestId = requestIdOf(res);
    if (isOurs(error)) log.error({ err: error as unknown, requestId }, 'request failed');
    send(res, toProblem(error, { instance: req.originalUrl.split('?', 1)[0] ?? '', requestId }));
  };
}
