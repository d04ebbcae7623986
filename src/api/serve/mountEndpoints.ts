import { Router, type Request, type RequestHandler, type Response } from 'express';

import type { Logger } from '../../platform/log.js';
import { authorise } from '../auth/authorise.js';
import type { Call, Endpoint, Reply } from '../endpoint.js';
import { createAuditor, type AuditDependencies } from './audit.js';
import { createOnce, readIdempotencyKey, type OnceDependencies } from './once.js';
import { refuseOthers } from './otherMethods.js';
import { parseBody, parseParameters } from './parse.js';
import { isOurs, toProblem } from './problem.js';
import { readJson } from './readJson.js';
import { authenticatedOf, isAuthenticated, requestIdOf, setAuthenticated } from './requestState.js';
import { asPage, negotiate, send } from './send.js';
import { authenticateSigned } from './signature.js';

export interface ServingDependencies extends OnceDependencies, AuditDependencies {}

interface Steps {
  readonly once: ReturnType<typeof createOnce>;
  readonly audit: ReturnType<typeof createAuditor>;
  readonly log: Logger;
}

/** Serves a list of endpoints, each in the same order of steps. Callers are authenticated by then. */
export function mountEndpoints(endpoints: readonly Endpoint[], dependencies: ServingDependencies): Router {
  const router = Router({ caseSensitive: true });
  const steps = { once: createOnce(dependencies), audit: createAuditor(dependencies), log: dependencies.log };
  for (const endpoint of endpoints) {
    router[endpoint.method](expressPath(endpoint.path), serve(endpoint, steps));
  }
  router.use(refuseOthers(endpoints));
  return router;
}

const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

function serve(endpoint: Endpoint, { once, audit, log }: Steps): RequestHandler {
  return async (req, res) => {
    await requireSignature(endpoint, req, res);
    const { caller, secret } = authenticatedOf(res);
    authorise(endpoint, caller);
    const form = negotiate(req, endpoint);
    const call = await parseCall(endpoint, req, res);
    const key = endpoint.idempotent === true ? readIdempotencyKey(call.headers['idempotency-key']) : undefined;

    const carryOut = async () => {
      const reply = await replyOf(endpoint, call, req, log);
      await audit(endpoint, call, reply);
      return reply;
    };
    const route = `${req.method} ${req.baseUrl}${req.path}`;
    const request = { callerId: caller.id, secret, route, content: [call.query, call.body] };
    const reply = key === undefined ? await carryOut() : await once({ ...request, key }, carryOut);
    send(res, asPage(req, endpoint, form, reply));
  };
}

/** A call without a key has to bring the signature of whom the endpoint knows. */
async function requireSignature(endpoint: Endpoint, req: Request, res: Response): Promise<void> {
  if (isAuthenticated(res)) return;
  setAuthenticated(res, await authenticateSigned(endpoint, parseAddress(endpoint, req), req, res));
}

/** The schemas of this very endpoint give the parts their types. */
function parseAddress({ request }: Endpoint, req: Request) {
  const params = parseParameters(request.params, req.params);
  const query = parseParameters(request.query, req.query);
  return { params, query } as Pick<Call<Endpoint['request']>, 'params' | 'query'>;
}

async function parseCall(endpoint: Endpoint, req: Request, res: Response): Promise<Call<Endpoint['request']>> {
  const { request } = endpoint;
  const { params, query } = parseAddress(endpoint, req);
  const { caller } = authenticatedOf(res);
  const takesBody = endpoint.method !== 'get' && endpoint.method !== 'delete';
  const came = takesBody ? await readJson(req, res, endpoint.bodyLimit) : undefined;
  const meant = endpoint.translate ? await endpoint.translate(came, { params, caller }) : came;
  const body = takesBody ? parseBody(request.body, meant) : undefined;
  const call = { params, query, body, caller, headers: singleHeaders(req), requestId: requestIdOf(res) };
  // The schemas of this very endpoint gave the parts their types.
  return call as Call<Endpoint['request']>;
}

const singleHeaders = ({ headers }: Request) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

/** Errors become answers here, so that those worth it are remembered under the key like any other. */
async function replyOf(endpoint: Endpoint, call: Call<Endpoint['request']>, req: Request, log: Logger): Promise<Reply> {
  try {
    return await endpoint.handle(call);
  } catch (error) {
    const { requestId } = call;
    if (isOurs(error)) log.error({ err: error, requestId }, 'request failed');
    return toProblem(error, { instance: `${req.baseUrl}${req.path}`, requestId });
  }
}
