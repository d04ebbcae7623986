import { z } from 'zod';

import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import type { EngineAuth } from '../../domain/configuration/integrations.js';
import { OmsError } from '../../platform/errors.js';
import { createAuthenticator, type AuthenticatedCall, type LoginProtocol } from '../authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from '../http.js';
import { OutgoingFailure } from '../outgoingFailure.js';

const LONGEST_ANSWER_BYTES = 8_388_608;
const LONGEST_QUOTE = 200;
const PAGE_ROWS = 100;
/** More pages than that are no list but a fault: a `next` that never ends. */
const MOST_PAGES = 10_000;

const TOKEN: LoginProtocol = {
  scheme: 'Token',
  shape: '{ key }',
  read: (answer) => ({ token: z.object({ key: z.string().min(1) }).parse(answer).key }),
};

/** One page of a list. A bare list counts as the only page; a missing `next` does not mean that there is one. */
const listAnswer = z.union([
  z.array(z.unknown()).transform((results) => ({ count: results.length, next: null, results })),
  z.object({ count: z.int().optional(), next: z.string().nullish(), results: z.array(z.unknown()) }),
]);

export type Query = Readonly<Record<string, string | number>>;

export interface OmnitronPage<Row> {
  readonly rows: readonly Row[];
  /** In the whole list, where Omnitron tells. */
  readonly count: number | null;
  readonly hasNext: boolean;
}

export type OmnitronClient = ReturnType<typeof createOmnitronClient>;

/**
 * Speaks Omnitron's API: logs in once and keeps the token, reads lists by page, and repeats nothing, since whoever
 * calls knows what may be repeated. Paths begin behind `api/v1/` and end in `/`.
 *
 * @throws {OmsError} `omnitron.unreachable` for what may go well later, an answer that we do not understand among it;
 *   `omnitron.refused` for what never will.
 */
export function createOmnitronClient(options: OutgoingOptions) {
  const call = createAuthenticator(createOutgoing(options), Date.now, TOKEN);

  const ask = asking(call);

  const page = async <Schema extends z.ZodType>(
    connection: OmnitronConnection,
    path: string,
    schema: Schema,
    query: Query = {},
  ): Promise<OmnitronPage<z.output<Schema>>> => {
    const whole = { page: 1, limit: PAGE_ROWS, sort: 'id', ...query };
    const answer = understand(listAnswer, path, await ask(connection, 'GET', path, { query: whole }));
    const rows = answer.results.map((row) => parsed(schema, path, row));
    return { rows, count: answer.count ?? null, hasNext: answer.next != null };
  };

  return {
    page,

    /** Every row of a list. */
    list: async <Schema extends z.ZodType>(
      connection: OmnitronConnection,
      path: string,
      schema: Schema,
      query: Query = {},
    ): Promise<z.output<Schema>[]> => {
      const rows: z.output<Schema>[] = [];
      for (let n = 1; n <= MOST_PAGES; n++) {
        const one = await page(connection, path, schema, { ...query, page: n });
        rows.push(...one.rows);
        if (!one.hasNext) return rows;
      }
      throw new OmsError('omnitron.unreachable', `The list ${path} of Omnitron does not end`);
    },

    get: async <Schema extends z.ZodType>(
      connection: OmnitronConnection,
      path: string,
      schema: Schema,
    ): Promise<z.output<Schema>> => understand(schema, path, await ask(connection, 'GET', path, {})),

    /** The answer is not looked into. */
    send: async (
      connection: OmnitronConnection,
      method: 'POST' | 'PATCH',
      path: string,
      body: object,
    ): Promise<void> => {
      const answer = await ask(connection, method, path, { body });
      if (!isGood(answer)) throw failed(path, answer);
    },
  };
}

/** One question and its answer, whatever its status. */
const asking =
  (call: AuthenticatedCall) =>
  async (
    connection: OmnitronConnection,
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    { query, body }: { query?: Query; body?: object },
  ): Promise<OutgoingAnswer> => {
    const { base, auth } = accessOf(connection);
    const url = new URL(`${base}/api/v1/${path}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
    const request = {
      url,
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs: connection.timeoutMs,
      maxBytes: LONGEST_ANSWER_BYTES,
    };
    try {
      return await call(auth, request);
    } catch (error) {
      if (!(error instanceof OutgoingFailure)) throw error;
      throw new OmsError('omnitron.unreachable', `Omnitron cannot be reached: ${error.message}`, { cause: error });
    }
  };

/** @throws {OmsError} `request.unprocessable` when nobody said where Omnitron is. */
function accessOf({ url, auth }: OmnitronConnection): { base: string; auth: EngineAuth } {
  if (url === undefined || auth === undefined) {
    throw new OmsError('request.unprocessable', 'The connection to Omnitron has no url');
  }
  const base = url.replace(/\/+$/, '');
  return { base, auth: { type: 'token', loginUrl: `${base}/api/v1/auth/login/`, ...auth } };
}

const isGood = ({ status }: OutgoingAnswer) => status >= 200 && status < 300;

/** 400, 404, 406 and the like are its last word; the rest it may think over. */
function failed(path: string, { status, body }: OutgoingAnswer): OmsError {
  const isLater = status >= 499 || [401, 403, 408, 425, 429].includes(status);
  const detail = `Omnitron answered ${status} to ${path}: ${body.slice(0, LONGEST_QUOTE)}`;
  return new OmsError(isLater ? 'omnitron.unreachable' : 'omnitron.refused', detail, { context: { answered: status } });
}

function understand<Schema extends z.ZodType>(schema: Schema, path: string, answer: OutgoingAnswer): z.output<Schema> {
  if (!isGood(answer)) throw failed(path, answer);
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch (error) {
    throw new OmsError('omnitron.unreachable', `Omnitron answered no JSON to ${path}`, { cause: error });
  }
  return parsed(schema, path, body);
}

function parsed<Schema extends z.ZodType>(schema: Schema, path: string, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const detail = `Omnitron answered in a way that we do not understand to ${path}: ${issue?.path.join('/')} ${issue?.message}`;
  throw new OmsError('omnitron.unreachable', detail, { cause: read.error });
}
