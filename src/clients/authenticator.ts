import { z } from 'zod';

import type { EngineAuth } from '../domain/configuration/integrations.js';
import { fingerprint } from '../platform/fingerprint.js';
import type { Outgoing, OutgoingAnswer, OutgoingRequest } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';

const LONGEST_LOGIN_ANSWER_BYTES = 65_536;
/** A token is fetched anew this long before it ends, so that it does not end on its way. */
const RENEW_BEFORE_MS = 30_000;

const loginAnswer = z.object({ token: z.string().min(1), expiresIn: z.number().positive().optional() });

/** What a service answers to a login, and how its token is shown. */
export interface LoginProtocol {
  /** The word before the token. */
  readonly scheme: string;
  /** Of the answer, for messages. */
  readonly shape: string;
  /** @throws for another answer. */
  readonly read: (answer: unknown) => z.output<typeof loginAnswer>;
}

const BEARER: LoginProtocol = {
  scheme: 'Bearer',
  shape: '{ token, expiresIn? }',
  read: (answer) => loginAnswer.parse(answer),
};

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
export function createAuthenticator(http: Outgoing, now: () => number = Date.now, protocol: LoginProtocol = BEARER) {
  const tokens = new Map<string, Promise<Token>>();

  const tokenFor = async (auth: Login, timeoutMs: number): Promise<string> => {
    const key = fingerprint(auth);
    const known = tokens.get(key);
    if (known) {
      const { token, expiresAt } = await known;
      if (expiresAt > now()) return token;
      if (tokens.get(key) === known) tokens.delete(key);
      return tokenFor(auth, timeoutMs);
    }
    const login = logIn(http, auth, timeoutMs, now, protocol);
    tokens.set(key, login);
    login.catch(() => tokens.delete(key));
    return (await login).token;
  };

  const forget = async (auth: Login, refused: string): Promise<void> => {
    const known = tokens.get(fingerprint(auth));
    // Somebody else may have got a new one meanwhile.
    if (known && (await known).token === refused) tokens.delete(fingerprint(auth));
  };

  return async (auth: EngineAuth, request: OutgoingRequest): Promise<OutgoingAnswer> => {
    if (auth.type !== 'token') return http(withHeader(request, headerOf(auth)));
    const token = await tokenFor(auth, request.timeoutMs);
    const { scheme } = protocol;
    const first = await http(withHeader(request, `${scheme} ${token}`));
    if (first.status !== 401) return first;
    await forget(auth, token);
    return http(withHeader(request, `${scheme} ${await tokenFor(auth, request.timeoutMs)}`));
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

/** Without the signal of a caller, since several may wait for it. */
async function logIn(
  http: Outgoing,
  { loginUrl, username, password }: Login,
  timeoutMs: number,
  now: () => number,
  protocol: LoginProtocol,
): Promise<Token> {
  const { status, body } = await http({
    url: loginUrl,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    timeoutMs,
    maxBytes: LONGEST_LOGIN_ANSWER_BYTES,
  });
  if (status < 200 || status > 299) throw new OutgoingFailure('no_answer', `its login answered ${status}`);
  const { token, expiresIn } = readLogin(body, protocol);
  const expiresAt = expiresIn === undefined ? Infinity : now() + expiresIn * 1_000 - RENEW_BEFORE_MS;
  return { token, expiresAt };
}

/** The answer holds a token, so nothing of it may get into a message or a cause. */
function readLogin(body: string, { read, shape }: LoginProtocol): z.output<typeof loginAnswer> {
  try {
    return read(JSON.parse(body));
  } catch {
    throw new OutgoingFailure('no_answer', `its login did not answer ${shape}`);
  }
}
