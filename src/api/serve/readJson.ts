import express, { type Request, type Response } from 'express';

import { OmsError } from '../../platform/errors.js';

/** An order with its 500 lines fits; nothing else comes near. */
const DEFAULT_LIMIT = 1_048_576;

/** Reads the body of a request as JSON; undefined when there is none. */
export async function readJson(req: Request, res: Response, limit = DEFAULT_LIMIT): Promise<unknown> {
  if (!hasBody(req)) return undefined;
  requireJson(req);
  return parse(await readBytes(req, res, limit));
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requireJson({ headers }: Request): void {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isJson = type?.trim() === 'application/json';
  const isUtf8 = parameters.every((parameter) => !/charset/.test(parameter) || /=\s*"?utf-?8"?\s*$/.test(parameter));
  if (!isJson || !isUtf8) {
    throw new OmsError('request.unsupported_media_type', 'The body must be application/json in UTF-8');
  }
  // A small compressed body can unfold into any amount of memory.
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    throw new OmsError('request.unsupported_media_type', 'The body must not be compressed');
  }
}

/** The body as it came. May be called again: it is read once. */
export function readBytes(req: Request, res: Response, limit = DEFAULT_LIMIT): Promise<Buffer> {
  const read = express.raw({ type: () => true, limit, inflate: false });
  return new Promise((resolve, reject) => {
    read(req, res, (error?: unknown) => {
      if (error === undefined) return resolve(req.body as Buffer);
      reject(isTooLarge(error) ? tooLarge(limit) : new OmsError('request.malformed', 'The body cannot be read'));
    });
  });
}

const isTooLarge = (error: unknown) => error instanceof Error && 'type' in error && error.type === 'entity.too.large';

const tooLarge = (limit: number) =>
  new OmsError('request.too_large', `The body must not be larger than ${limit} bytes`, { context: { limit } });

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new OmsError('request.malformed', 'The body is not JSON', {
      errors: [{ pointer: '', detail: error instanceof SyntaxError ? error.message : 'must be UTF-8' }],
      cause: error,
    });
  }
}
