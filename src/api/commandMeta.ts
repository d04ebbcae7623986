import type { CommandMeta } from '../clients/commandSender.js';
import { WAYS, type Way } from '../domain/audit/audit.js';
import { fingerprint } from '../platform/fingerprint.js';
import { newId } from '../platform/ids.js';
import type { Caller } from './auth/caller.js';

type Headers = Readonly<Record<string, string | undefined>>;

/** A command is small, whatever it asks for. */
export const COMMAND_BODY_LIMIT = 65_536;

/** Who sends a command, and under which key: the workflow knows a repeat by it, also after we forgot. */
export function commandMeta(caller: Caller, headers: Headers): CommandMeta {
  const id = headers['idempotency-key'];
  return { by: caller.id, role: caller.role, way: wayOf(headers), ...(id !== undefined && { id }) };
}

/** The CLI and the console say who they are; this is for people to read and nothing depends on it. */
export function wayOf(headers: Headers): Way {
  const said = WAYS.find((way) => way === headers['oms-client']);
  return said === 'cli' || said === 'console' ? said : 'api';
}

/** `Prefer: respond-async` of RFC 7240: the caller does not wait for the outcome. */
export const wantsNoAnswer = (headers: Headers): boolean =>
  (headers['prefer'] ?? '').split(',').some((preference) => preference.trim().toLowerCase() === 'respond-async');

/** The object as it is after the command, or as it is known when the caller does not wait for that. */
export function commandReply<View>(headers: Headers, body: View) {
  if (!wantsNoAnswer(headers)) return { status: 200 as const, body };
  return { status: 202 as const, headers: { 'preference-applied': 'respond-async' }, body };
}

/**
 * Names one request for work that is begun by name: the same for a repeat with the same key, new for every
 * request without one.
 */
export function occasionOf(caller: Caller, headers: Headers, about: string): string {
  const key = headers['idempotency-key'];
  return key === undefined ? newId('command') : fingerprint([caller.id, about, key]);
}
