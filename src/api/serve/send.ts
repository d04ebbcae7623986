import type { Request, Response } from 'express';
import { z } from 'zod';

import { OmsError } from '../../platform/errors.js';
import type { Endpoint, Reply } from '../endpoint.js';
import { toCsv } from './csv.js';

type Form = 'json' | 'csv' | 'bytes';

/** @throws {OmsError} `request.not_acceptable` when the caller takes nothing that we have. */
export function negotiate(req: Request, { list, produces }: Pick<Endpoint, 'list' | 'produces'>): Form {
  if (produces !== undefined) return bytesFor(req, produces);
  const form = req.accepts(list === undefined ? ['json'] : ['json', 'csv']);
  if (form === false)
    throw new OmsError('request.not_acceptable', 'We answer in application/json, lists also in text/csv');
  return form as Form;
}

function bytesFor(req: Request, types: readonly string[]): Form {
  if (req.accepts([...types]) !== false) return 'bytes';
  throw new OmsError('request.not_acceptable', `We answer in ${types.join(' or ')}`);
}

/** Writes a reply as it is. */
export function send(res: Response, { status, headers = {}, body }: Reply): void {
  res.status(status).set(headers);
  if (body === undefined) res.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) res.send(body);
  else res.type(headers['content-type'] ?? 'application/json').send(JSON.stringify(body));
}

/** A page of a list, with the way to the next one, in the form that the caller asked for. */
export function asPage(req: Request, endpoint: Endpoint, form: Form, reply: Reply): Reply {
  if (reply.status !== 200) return reply;
  if (endpoint.produces !== undefined)
    return { ...reply, headers: { 'content-type': endpoint.produces[0] ?? '', ...reply.headers } };
  if (endpoint.list === undefined) return reply;
  const { items, next } = reply.body as { items: readonly unknown[]; next: string | null };
  const headers = { ...reply.headers, ...(next !== null && { link: nextLink(req, endpoint.list, next) }) };
  if (form === 'json') return { ...reply, headers };
  return {
    ...reply,
    headers: { ...headers, 'content-type': 'text/csv; charset=utf-8' },
    body: toCsv(itemSchemaOf(endpoint), items),
  };
}

function nextLink(req: Request, parameter: string, next: string): string {
  const url = new URL(req.originalUrl, 'http://localhost');
  url.searchParams.set(parameter, next);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

function itemSchemaOf({ path, replies }: Endpoint): z.ZodType {
  const page = replies[200];
  const items = page instanceof z.ZodObject ? (page.shape as Record<string, unknown>)['items'] : undefined;
  if (!(items instanceof z.ZodArray)) throw new Error(`${path} is a list, but its reply has no items`);
  return items.element as z.ZodType;
}
