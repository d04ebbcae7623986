import { randomUUID } from 'node:crypto';

import { OmsError } from '../../platform/errors.js';
import { fingerprint } from '../../platform/fingerprint.js';
import { seal, unseal } from '../../platform/seal.js';
import type { IdempotencyRepository } from '../../store/idempotency.js';
import type { Reply } from '../endpoint.js';

/** A request under its `Idempotency-Key`. */
export interface KeyedRequest {
  readonly key: string;
  /** Id and secret of the API key: the scope, and what seals the answer. */
  readonly callerId: string;
  readonly secret: string;
  /** Method and path with its parameters. */
  readonly route: string;
  readonly content: unknown;
}

export interface OnceDependencies {
  readonly idempotency: IdempotencyRepository;
  readonly now: () => Date;
}

const PURPOSE = 'idempotent answer';

/** Printable ASCII. */
const KEY = /^[\x20-\x7E]{1,255}$/;

// The rest is no answer about the request's content: the same request may go well the next time.
const isRemembered = (status: number) => (status >= 200 && status < 300) || status === 409 || status === 422;

/** @throws {OmsError} `request.malformed` when the header is not usable. */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || KEY.test(header)) return header;
  throw new OmsError('request.malformed', 'The Idempotency-Key cannot be used', {
    errors: [{ pointer: 'idempotency-key', detail: 'must be 1 to 255 printable ASCII characters' }],
  });
}

/**
 * Carries a request out at most once under its key, and gives the first answer again to repeats. Answers
 * can hold secrets and personal data, so they are kept sealed with the secret of the API key, which only
 * its holder has.
 *
 * A request whose process died is taken over after half a minute, so what is carried out must itself be safe
 * to repeat.
 */
export function createOnce({ idempotency, now }: OnceDependencies) {
  return async (request: KeyedRequest, carryOut: () => Promise<Reply>): Promise<Reply> => {
    const scope = fingerprint([request.callerId, request.route, request.key]);
    const holder = randomUUID();
    const claim = await idempotency.claim(scope, fingerprint(request.content ?? null), holder, now());

    switch (claim.kind) {
      case 'answered':
        return replayed(unseal(claim.answer, request.secret, PURPOSE));
      case 'other_request':
        throw new OmsError('idempotency.key_reused', 'This Idempotency-Key came with another request before');
      case 'in_progress':
        throw new OmsError('idempotency.in_progress', 'Ask again in a moment for the answer to the first request', {
          retryAfterSeconds: 1,
        });
      case 'carry_out': {
        const reply = await carryOut();
        if (isRemembered(reply.status) && reply.isUnfinished !== true) {
          const { status, headers, body } = reply;
          const answer = JSON.stringify({ status, headers, body });
          await idempotency.remember(scope, holder, seal(answer, request.secret, PURPOSE), now());
        } else {
          await idempotency.release(scope, holder);
        }
        return reply;
      }
    }
  };
}

function replayed(answer: string): Reply {
  const reply = JSON.parse(answer) as Reply;
  return { ...reply, headers: { ...reply.headers, 'idempotent-replayed': 'true' } };
}
