import { z } from 'zod';

import type { EngineAuth } from '../domain/configuration/integrations.js';
import { fingerprint } from '../platform/fingerprint.js';
import type { Outgoing, OutgoingAnswer, OutgoingRequest } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';

const LONGEST_LOGIN_ANSWER_BYTES = 65_536;
/** A token is fetched anew this long before it ends, so that it does not end on its way. */
const RENEW_BEFORE_MS = 30_000;

const loginAnswer = z.object({ token: z.string().min(1), expiresIn: z.number().positive().optional() });

interface Token {
  readonly token: string;
  readonly expiresAt: number;
}

type Login = Extract<EngineAuth, { type: 'token' }>;

/**
 * Makes calls that prove who we are. A token is fetched at the first call, before it expires, and once more
 * after a 401; callers that need one at the same moment share one login.
 *
 * @throws {OutgoingFailure} also when the login does not give a token.
 */
export function createAuthenticator(http: Outgoing, now: () => number = Date.now) {
  const tokens = new Map<string, Promise<Token>>();

  const tokenFor = async (auth: Login, request: OutgoingRequest): Promise<string> => {
    const key = fingerprint(auth);
    const known = await tokens.get(key)?.catch(() => undefined);
    if (known && known.expiresAt > now()) return known.token;
    const login = logIn(http, auth, request, now);
    tokens.set(key, login);
    login.catch(() => tokens.delete(key));
    return (await login).token;
  };

  return async (auth: EngineAuth, request: OutgoingRequest): Promise<OutgoingAnswer> => {
    if (auth.type !== 'token') return http(withHeader(request, headerOf(auth)));
    const first = await http(withHeader(request, `Bearer ${await tokenFor(auth, request)}`));
    if (first.status !== 401) return first;
    tokens.delete(fingerprint(auth));
    return http(withHeader(request, `Bearer ${await tokenFor(auth, request)}`));
  };
}

export type AuthenticatedCall = ReturnType<typeof createAuthenticator>;

function headerOf(auth: Exclude<EngineAuth, Login>): string | null {
  switch (auth.type) {
    case 'anonymous':
      return null;
    case 'basic':
      return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
    case 'bearer':
      return `Bearer ${auth.token}`;
  }
}

const withHeader = (request: OutgoingRequest, authorization: string | null): OutgoingRequest =>
  authorization === null ? request : { ...request, headers: { ...request.headers, authorization } };

async function logIn(
  http: Outgoing,
  { loginUrl, username, password }: Login,
  { timeoutMs, signal }: OutgoingRequest,
  now: () => number,
): Promise<Token> {
  const { status, body } = await http({
    url: loginUrl,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    timeoutMs,
    maxBytes: LONGEST_LOGIN_ANSWER_BYTES,
    signal,
  });
  if (status < 200 || status > 299) throw new OutgoingFailure('no_answer', `its login answered ${status}`);
  const { token, expiresIn } = readLogin(body);
  const expiresAt = expiresIn === undefined ? Infinity : now() + expiresIn * 1_000 - RENEW_BEFORE_MS;
  return { token, expiresAt };
}

/** The answer holds a token, so nothing of it may get into a message or a cause. */
function readLogin(body: string): z.output<typeof loginAnswer> {
  try {
    return loginAnswer.parse(JSON.parse(body));
  } catch {
    throw new OutgoingFailure('no_answer', 'its login did not answer { token, expiresIn? }');
  }
}
