import type { RequestHandler } from 'express';

import { OmsError } from '../../platform/errors.js';
import type { Endpoint } from '../endpoint.js';
import { allowedMethods } from './allowedMethods.js';

type Routes = readonly Pick<Endpoint, 'method' | 'path'>[];

/** OPTIONS tells what an address takes. It tells nothing that the documentation does not, so it needs no key. */
export function answerOptions(endpoints: Routes): RequestHandler {
  return (req, res, next) => {
    const allowed = req.method === 'OPTIONS' ? allowedMethods(endpoints, req.path) : [];
    if (allowed.length === 0) return next();
    res.set('allow', allowed.join(', ')).status(204).end();
  };
}

/** What no endpoint took: an address that is not served, or not with this method. */
export function refuseOthers(endpoints: Routes): RequestHandler {
  return (req, res) => {
    const allowed = allowedMethods(endpoints, req.path);
    if (allowed.length === 0) throw new OmsError('route.not_found', `Nothing is served at ${req.baseUrl}${req.path}`);
    res.set('allow', allowed.join(', '));
    throw new OmsError('route.method_not_allowed', `It takes ${allowed.join(', ')}`, { context: { allowed } });
  };
}
