import { setTimeout as pause } from 'node:timers/promises';

import type { OrderCommand } from '../../../src/domain/order/commands.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import type { TransferCommand } from '../../../src/domain/transfer/commands.js';
import { OmsError } from '../../../src/platform/errors.js';
import type { Arena } from './arena.js';
import type { Way } from './steps.js';

/** A command on its way, under an id that makes a repeat harmless. */
export type Sending =
  | { readonly to: 'package'; readonly number: string; readonly body: PackageCommand; readonly id: string }
  | { readonly to: 'transfer'; readonly number: string; readonly body: TransferCommand; readonly id: string }
  | { readonly to: 'order'; readonly number: string; readonly body: OrderCommand; readonly id: string };

export type Answer =
  | { readonly is: 'accepted'; readonly state: string; readonly version: number; readonly content: unknown }
  | {
      readonly is: 'refused';
      readonly code: string;
      readonly allowed: readonly string[] | null;
      readonly detail: string;
    }
  /** A signal was handed on; nobody knows what becomes of it. */
  | { readonly is: 'sent' };

const AGAIN_AFTER_MS = 500;
/** So often a caller asks again before it is not patience any more. */
const PATIENCE = 60;

/** Nobody has said yet what becomes of it. */
interface Unanswered {
  readonly is: 'unanswered';
  readonly detail: string;
}

/** Sends until it is answered, as an integrator must: under load or without a worker, nobody may answer in time. */
export async function send(arena: Arena, sending: Sending, way: Way): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await (way === 'http' ? overHttp(arena, sending) : directly(arena, sending, way));
    if (answer.is !== 'unanswered') return answer;
    if (attempt > PATIENCE)
      throw new Error(`${JSON.stringify(sending)} was not answered in ${attempt} attempts: ${answer.detail}`);
    await pause(AGAIN_AFTER_MS);
  }
}

async function directly({ orchestrator }: Arena, sending: Sending, way: Way): Promise<Answer | Unanswered> {
  const meta = { by: 'model', id: sending.id };
  try {
    if (way === 'signal') {
      if (sending.to === 'package') await orchestrator.signalPackage(sending.number, sending.body, meta);
      else if (sending.to === 'transfer') await orchestrator.signalTransfer(sending.number, sending.body, meta);
      else await orchestrator.signalOrder(sending.number, sending.body, meta);
      return { is: 'sent' };
    }
    const record =
      sending.to === 'package'
        ? await orchestrator.commandPackage(sending.number, sending.body, meta)
        : sending.to === 'transfer'
          ? await orchestrator.commandTransfer(sending.number, sending.body, meta)
          : await orchestrator.commandOrder(sending.number, sending.body, meta);
    return { is: 'accepted', state: record.state, version: record.version, content: record };
  } catch (error) {
    if (!(error instanceof OmsError)) throw inWords(error, sending);
    // A carrier that does not answer in time, too: whoever asks again under the same id gets it done.
    const isPassing = error.code === 'command.unanswered' || error.code === 'service.unavailable';
    if (isPassing) return { is: 'unanswered', detail: error.detail };
    if (error.status >= 500) throw inWords(error, sending);
    const { allowed = null } = (error.options.context ?? {}) as { allowed?: string[] };
    return { is: 'refused', code: error.code, allowed, detail: error.detail };
  }
}

/** What Temporal says is in the cause. */
function inWords(error: unknown, sending: Sending): Error {
  const causes: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) causes.push(`${one.name}: ${one.message}`);
  return new Error(`${JSON.stringify(sending)} failed: ${causes.join(' <- ')}`, { cause: error });
}

async function overHttp({ api }: Arena, sending: Sending): Promise<Answer | Unanswered> {
  const path = `/${sending.to}s/${sending.number}/commands`;
  const { status, body } = await api.call('POST', path, sending.body, { 'idempotency-key': sending.id });
  const code = typeof body['type'] === 'string' ? body['type'].replace('/problems/', '') : '';
  if (status === 503 || code === 'idempotency.in_progress')
    return { is: 'unanswered', detail: `${status} ${code}, ${String(body['detail'])}` };
  if (status >= 500) throw new Error(`${JSON.stringify(sending)} failed: ${status} ${JSON.stringify(body)}`);
  if (status < 300)
    return { is: 'accepted', state: String(body['state']), version: Number(body['version']), content: body };
  const allowed = Array.isArray(body['allowed']) ? (body['allowed'] as string[]) : null;
  return { is: 'refused', code, allowed, detail: String(body['detail']) };
}
