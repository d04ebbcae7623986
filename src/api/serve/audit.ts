import { auditEntry } from '../../domain/audit/audit.js';
import type { Logger } from '../../platform/log.js';
import type { AuditRepository } from '../../store/audit.js';
import { occasionOf, wayOf } from '../commandMeta.js';
import type { Call, Endpoint, Reply } from '../endpoint.js';

export interface AuditDependencies {
  readonly audit: Pick<AuditRepository, 'add'>;
  readonly now: () => Date;
  readonly log: Logger;
}

// Refusals that are about the thing itself: what could not be read, or is none of the caller's, changes nothing.
const REFUSED = [409, 412, 422, 428];

/**
 * Writes down a call that changes something, carried out or refused. The call is over by then, so a log that
 * cannot be written does not turn its answer into a failure.
 */
export function createAuditor({ audit, now, log }: AuditDependencies) {
  return async (endpoint: Endpoint, call: Call<object>, reply: Reply): Promise<void> => {
    const isAccepted = reply.status < 300;
    if (!changes(endpoint) || endpoint.audit === null) return;
    if (isAccepted ? endpoint.audit?.isAcceptedElsewhere === true : !REFUSED.includes(reply.status)) return;
    try {
      const subject = endpoint.audit?.subject?.(call) ?? subjectOf(endpoint, call, reply);
      const command = endpoint.audit?.command?.(call) ?? commandOf(endpoint);
      const at = now();
      const entry = auditEntry({
        id: `api/${subject}/${occasionOf(call.caller, call.headers, `${subject} ${command}`)}`,
        at: at.toISOString(),
        ...{ subject, command, by: call.caller.id, way: wayOf(call.headers) },
        ...{ commandId: call.headers['idempotency-key'] ?? null, content: null },
        ...(isAccepted ? effectOf(call, reply) : await refusalOf(endpoint, call, reply)),
      });
      await audit.add(entry);
    } catch (error) {
      log.error({ err: error, requestId: call.requestId, path: endpoint.path }, 'the audit log could not be written');
    }
  };
}

const changes = ({ method, idempotent }: Endpoint) => method !== 'get' && (method !== 'post' || idempotent === true);

/** Configuration has its version in the ETag. */
function effectOf({ headers }: Call<object>, { headers: answered, audit }: Reply) {
  const after = unquoted(answered?.['etag']);
  const version = Number(after ?? 0);
  return {
    outcome: 'accepted' as const,
    ...{ before: unquoted(headers['if-match']), after, version: Number.isInteger(version) ? version : 0 },
    detail: audit?.detail ?? null,
  };
}

async function refusalOf(endpoint: Endpoint, call: Call<object>, { body }: Reply) {
  const present = (await endpoint.audit?.present?.(call)) ?? null;
  const { detail, title } = body as { detail?: string; title?: string };
  return {
    outcome: 'refused' as const,
    ...{ before: present?.state ?? null, after: present?.state ?? null, version: present?.version ?? 0 },
    detail: detail ?? title ?? null,
  };
}

const unquoted = (etag: string | undefined): string | null => etag?.replaceAll('"', '') ?? null;

/** `/locations/{code}` is `location/W1`; an object that was just made has its key in the answer. */
function subjectOf({ path }: Endpoint, { params }: Call<object>, { body }: Reply): string {
  const [collection = '', key] = path.split('/').slice(1);
  const singular = collection.replace(/ies$/, 'y').replace(/s$/, '');
  const given = key?.startsWith('{') ? (params as Record<string, unknown> | undefined)?.[key.slice(1, -1)] : undefined;
  const made = body as { id?: unknown; name?: unknown } | undefined;
  const id = given ?? made?.id ?? made?.name;
  return typeof id === 'string' ? `${singular}/${id}` : singular;
}

/** `PUT` is `put`; a POST is named after the last part of its path, or `create`. */
function commandOf({ method, path }: Endpoint): string {
  if (method !== 'post') return method;
  const last = path.split('/').at(-1) ?? '';
  return last.startsWith('{') || path.split('/').length === 2 ? 'create' : last;
}
