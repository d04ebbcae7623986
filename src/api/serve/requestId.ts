import type { RequestHandler } from 'express';

import { newId } from '../../platform/ids.js';
import { setRequestId } from './requestState.js';

const USABLE = /^[A-Za-z0-9._:-]{1,128}$/;

/** Takes the caller's `x-request-id`, or makes one, and gives it back: one id through everybody's logs. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  const id = given !== undefined && USABLE.test(given) ? given : newId('request');
  setRequestId(res, id);
  res.set('x-request-id', id);
  next();
};
