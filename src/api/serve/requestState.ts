import type { Response } from 'express';

import type { Authenticated } from '../auth/authenticate.js';
import type { Caller } from '../auth/caller.js';

/** What the steps before the endpoint have found out about a request. */
interface RequestState {
  requestId?: string;
  authenticated?: Authenticated;
}

const stateOf = (res: Response) => res.locals as RequestState;

export const setRequestId = (res: Response, requestId: string): void => {
  stateOf(res).requestId = requestId;
};

export const requestIdOf = (res: Response): string => stateOf(res).requestId ?? '';

export const setAuthenticated = (res: Response, authenticated: Authenticated): void => {
  stateOf(res).authenticated = authenticated;
};

/** False for a call that brings a signature in place of a key, until its endpoint has looked at it. */
export const isAuthenticated = (res: Response): boolean => stateOf(res).authenticated !== undefined;

export function authenticatedOf(res: Response): Authenticated {
  const { authenticated } = stateOf(res);
  if (!authenticated) throw new Error('an endpoint was reached without authentication');
  return authenticated;
}

export const callerOf = (res: Response): Caller | undefined => stateOf(res).authenticated?.caller;
