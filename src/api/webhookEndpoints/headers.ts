import { validateHeaderName, validateHeaderValue } from 'node:http';

import { OmsError } from '../../platform/errors.js';

/** Shown in place of a value that lets someone in. */
const HIDDEN = '[hidden]';

const isSecret = (name: string) => /auth|token|secret|key|cookie|password/i.test(name);

// What the delivery itself sets, and what would change how the request is read.
const isOurs = (name: string) =>
  /^(webhook-.+|host|connection|content-.+|transfer-encoding|expect|upgrade|te|trailer|keep-alive|proxy-.+)$/i.test(
    name,
  );

type Headers = Readonly<Record<string, string>>;

/** @throws {OmsError} `request.unprocessable` for a header that we cannot or must not send. */
export function requireSendable(headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) {
    const fault = faultOf(name, value);
    if (fault === null) continue;
    throw new OmsError('request.unprocessable', `The header ${JSON.stringify(name)} cannot be sent`, {
      errors: [{ pointer: `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail: fault }],
    });
  }
}

function faultOf(name: string, value: string): string | null {
  if (isOurs(name)) return 'is set by us';
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return null;
  } catch {
    return 'has a name or a value that HTTP does not allow';
  }
}

export function hideSecrets(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? HIDDEN : value]));
}

/** A value that came back hidden, as it was shown, means the stored one. */
export function keepHidden(headers: Headers, stored: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === HIDDEN ? (stored[name] ?? value) : value]),
  );
}
