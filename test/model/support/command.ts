import { eventually } from '../../support/eventually.js';
import { commandOrder, withdrawn } from './orderCommands.js';
import { hasEnded, isOver } from './orders.js';
import { allowedFor, commandParcel } from './parcelCommands.js';
import { send, type Answer, type Sending } from './send.js';
import type { Stage } from './stage.js';
import type { ModelOrder, Outcome } from './state.js';
import type { Way } from './steps.js';
import { allowedForTransfer, commandTransfer } from './transferCommands.js';

/** Sends a command to an order at rest, or to something of it, and compares the answer with what the model says. */
export async function command(stage: Stage, order: ModelOrder, sending: Sending, way: Way): Promise<void> {
  const expected = expectation(stage, order, sending);
  const isRefused = expected !== 'either' && !expected.isAccepted;
  stage.tell(
    `${way} ${sending.number} ${JSON.stringify(sending.body)}: ${isRefused ? 'to be refused' : 'to be accepted'}`,
  );
  const refusals = way === 'signal' ? await refusedSignals(stage, sending) : 0;
  const answer = await send(stage.arena, sending, way);
  if (answer.is === 'accepted') stage.told.push({ sending, way, answer });
  if (answer.is === 'sent') return hear(stage, { order, sending, expected, refusals });
  if (expected === 'either') {
    if (answer.is === 'accepted') stage.expect(withdrawal(order, sending));
    return;
  }
  if (expected.isAccepted) {
    requireAccepted(answer, sending, expected.states);
    noteMissing(stage, order, sending);
    return stage.expect(expected.order);
  }
  requireRefused(answer, sending, codesOf(expected, sending, way), allowedNow(order, sending));
}

function expectation(stage: Stage, order: ModelOrder, sending: Sending): Outcome | 'either' {
  if (sending.to === 'order') return commandOrder(order, sending.body);
  if (sending.to === 'package') {
    const parcel = order.parcels.find(({ number }) => number === sending.number);
    if (!parcel) throw new Error(`the model has no ${sending.number}`);
    return commandParcel(order, parcel, sending.body, { isActive: (location) => stage.active.has(location) });
  }
  const transfer = order.transfers.find(({ number }) => number === sending.number);
  if (!transfer) throw new Error(`the model has no ${sending.number}`);
  return commandTransfer(order, transfer, sending.body);
}

function withdrawal(order: ModelOrder, { body }: Sending): ModelOrder {
  return body.command === 'cancel' && 'lines' in body && body.lines ? withdrawn(order, body.lines) : order;
}

/** The API looks first whether what a command names is there at all. */
function codesOf({ codes }: Extract<Outcome, { isAccepted: false }>, { body }: Sending, way: Way): readonly string[] {
  const isInDoubt = body.command === 'plan_manually' || ('reason' in body && body.reason === 'unheard-of');
  return way === 'http' && isInDoubt ? [...codes, 'request.unprocessable'] : codes;
}

/** What a refusal must list; null where the model does not know. */
function allowedNow({ parcels, transfers }: ModelOrder, { number }: Sending): readonly string[] | null {
  const parcel = parcels.find((one) => one.number === number);
  const transfer = transfers.find((one) => one.number === number);
  if (parcel) return isOver(parcel) ? null : allowedFor(parcel);
  return transfer && !hasEnded(transfer) ? allowedForTransfer(transfer) : null;
}

function requireAccepted(answer: Answer, { number, body }: Sending, states: readonly string[]): void {
  const asked = `${body.command} of ${number}`;
  if (answer.is === 'refused')
    throw new Error(`${asked} should be accepted, was refused: ${answer.code}, ${answer.detail}`);
  if (answer.is !== 'accepted' || states.length === 0 || states.includes(answer.state)) return;
  throw new Error(`${asked} should lead to ${states.join(' or ')}, led to ${answer.state}`);
}

function requireRefused(
  answer: Answer,
  { number, body }: Sending,
  codes: readonly string[],
  allowed: readonly string[] | null,
): void {
  const asked = `${body.command} of ${number}`;
  if (answer.is !== 'refused') throw new Error(`${asked} should be refused with ${codes.join(' or ')}, was accepted`);
  if (!codes.includes(answer.code))
    throw new Error(`${asked} should be refused with ${codes.join(' or ')}: ${answer.code}`);
  if (allowed === null || !answer.code.endsWith('illegal_transition')) return;
  if (answer.allowed?.join() !== allowed.join())
    throw new Error(`${asked} was refused; allowed is ${allowed.join()}, and it says ${answer.allowed?.join()}`);
}

/** A location does not have what its stock says; whether others believe it depends on more than the model knows. */
function noteMissing(stage: Stage, { parcels, transfers }: ModelOrder, { number, body }: Sending): void {
  if (!['report_missing', 'prepare_items', 'receive'].includes(body.command)) return;
  const parcel = parcels.find((one) => one.number === number);
  const transfer = transfers.find((one) => one.number === number);
  const location = parcel?.location ?? transfer?.source ?? '';
  for (const { sku } of (parcel ?? transfer)?.items ?? []) stage.doubtful.add(`${location}|${sku}`);
}

interface Heard {
  readonly order: ModelOrder;
  readonly sending: Sending;
  readonly expected: Outcome | 'either';
  /** Refused signals of the object before this one. */
  readonly refusals: number;
}

/** A signal has no answer: what is accepted shows, and what is refused is written down. */
async function hear(stage: Stage, { order, sending, expected, refusals }: Heard): Promise<void> {
  const isRefused = async () => (await refusedSignals(stage, sending)) > refusals;
  if (expected !== 'either' && expected.isAccepted) {
    noteMissing(stage, order, sending);
    stage.expect(expected.order);
    return;
  }
  if (expected === 'either') {
    const before = (await stage.arena.records.orders.find(order.number))?.version ?? 0;
    const isDone = async () => ((await stage.arena.records.orders.find(order.number))?.version ?? 0) > before;
    const outcome = await eventually(
      async () => ((await isRefused()) ? 'refused' : (await isDone()) && 'done'),
      `what becomes of ${sending.id}`,
    );
    if (outcome === 'done') stage.expect(withdrawal(order, sending));
    return;
  }
  await eventually(isRefused, `a refusal of the signal ${JSON.stringify(sending)} in the audit log`);
}

async function refusedSignals({ arena }: Stage, { to, number }: Sending): Promise<number> {
  const { items } = await arena.records.audit.list({ subject: `${to}/${number}`, limit: 200 });
  return items.filter(({ outcome, way }) => outcome === 'refused' && way === 'signal').length;
}
