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
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  readonly errors?: readonly ErrorCode[];
  /** POST that changes something: answers are remembered under the `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Answers `{ items, next }`, also as CSV and with a `Link`; names the parameter that takes `next`. */
  readonly list?: 'cursor' | 'after';
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  readonly handle: (call: Call<Schemas>) => Promise<Reply>;
}

/** Gives the handler its types from the schemas beside it. */
export function endpoint<const Schemas extends RequestSchemas>(definition: Endpoint<Schemas>): Endpoint {
  // The list of all endpoints forgets the schemas' types; parsing gives each handler its own back.
  return definition;
}
