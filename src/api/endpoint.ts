import type { z } from 'zod';

import type { ErrorCode } from '../platform/errors.js';
import type { Caller, Role } from './auth/caller.js';

export interface RequestSchemas {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

type Parsed<Schemas extends RequestSchemas, Part extends keyof RequestSchemas> = Schemas[Part] extends z.ZodType
  ? z.output<Schemas[Part]>
  : undefined;

/** A party outside that signs its calls as we sign our webhooks. */
export interface Signer {
  readonly caller: Caller;
  /** `whsec_...`; any of them may have signed. */
  readonly secrets: readonly string[];
}

/** What a handler gets: parsed input and who asks. It never sees the Express request. */
export interface Call<Schemas extends RequestSchemas> {
  readonly params: Parsed<Schemas, 'params'>;
  readonly query: Parsed<Schemas, 'query'>;
  readonly body: Parsed<Schemas, 'body'>;
  readonly caller: Caller;
  /** Lower-case header names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestId: string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the audit log only, never sent. */
  readonly audit?: { readonly detail?: string };
  /** A part was not answered: not remembered under the key, so that a repeat goes on. */
  readonly isUnfinished?: boolean;
}

/** How the audit log tells of a call that changes something; what is left out follows from the path. */
export interface AuditRule<Schemas extends RequestSchemas> {
  readonly subject?: (call: Call<Schemas>) => string;
  readonly command?: (call: Call<Schemas>) => string;
  /** The subject as it is when a call is refused. */
  readonly present?: (call: Call<Schemas>) => Promise<{ readonly state: string; readonly version: number } | null>;
  /** A workflow writes what was accepted, together with its effect. */
  readonly isAcceptedElsewhere?: boolean;
}

/**
 * A route is a value: the same object is served, written into the OpenAPI document and looped over by
 * tests. `replies` lists the successful answers by status, `errors` the ones of this route beyond those
 * that every route can give (400, 401, 403, 429, 500, 503).
 */
export interface Endpoint<Schemas extends RequestSchemas = RequestSchemas> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI style, below `/v1`: `/orders/{number}`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Roles that may call it; `admin` always may. */
  readonly roles: readonly Role[];
  readonly request: Schemas;
  /** Turns the JSON that came, whatever it is, into what `request.body` knows. */
  readonly translate?: (body: unknown, call: Pick<Call<Schemas>, 'params' | 'caller'>) => Promise<unknown>;
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  readonly errors?: readonly ErrorCode[];
  /** Whose signature stands in for a key, told from the query and the path; null for what there is not. */
  readonly signer?: (call: Pick<Call<Schemas>, 'params' | 'query'>) => Promise<Signer | null>;
  /** POST that changes something: answers are remembered under the `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Answers `{ items, next }`, also as CSV and with a `Link`; names the parameter that takes `next`. */
  readonly list?: 'cursor' | 'after';
  /** The media type of a body that is no JSON; then `body` is its bytes. */
  readonly produces?: readonly string[];
  /** Every call that changes something is audited; null where it needs no entry. */
  readonly audit?: AuditRule<Schemas> | null;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  readonly handle: (call: Call<Schemas>) => Promise<Reply>;
}

/** Gives the handler its types from the schemas beside it. */
export function endpoint<const Schemas extends RequestSchemas>(definition: Endpoint<Schemas>): Endpoint {
  // The list of all endpoints forgets the schemas' types; parsing gives each handler its own back.
  return definition;
}
