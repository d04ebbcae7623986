import { newOrder } from '../../workflow/support/brand.js';
import { orderBody, packageBody, transferBody } from './bodies.js';
import { command } from './command.js';
import { changed, consequences, excluding, hasEnded, isOver, newModelOrder, withParcel, withTask } from './orders.js';
import { woken } from './orderCommands.js';
import { allowedFor } from './parcelCommands.js';
import { repeat } from './repeat.js';
import type { Stage } from './stage.js';
import type { ModelOrder, ModelParcel, ModelTransfer } from './state.js';
import type { Commanding, Step } from './steps.js';
import { allowedForTransfer } from './transferCommands.js';

type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

const at = <Entry>(list: readonly Entry[], pick: number): Entry | undefined => list[pick % list.length];

/** An order that wants so much of so many SKUs begins to be too much. */
const MOST_ORDERS = 8;

/** Has the real system and the model do the step, and compares what they say to it. */
export async function takeStep(stage: Stage, step: Step): Promise<void> {
  switch (step.kind) {
    case 'pause':
      return;
    case 'place':
      return place(stage, step);
    case 'place_again':
      return placeAgain(stage, step);
    case 'package':
      return commandPackage(stage, step);
    case 'transfer':
      return commandTransfer(stage, step);
    case 'order':
      return commandOrder(stage, step);
    case 'repeat':
      return repeat(stage, step);
    case 'stock':
      return changeStock(stage, step);
    case 'location':
      return toggleLocation(stage, step);
    case 'overdue':
      return growOverdue(stage, step);
    case 'failing':
      stage.tell(`the next ${step.times} calls of ${step.what} fail`);
      return stage.arena.outside.fail(step.what, stage.name, step.times);
    case 'restart':
      if (await stage.arena.restartWorker(step.signal))
        stage.tell(`the worker got ${step.signal}, and another one began`);
      return;
  }
}

const contentOf = (stage: Stage, number: string, { wants, channel }: Pick<Of<'place'>, 'wants' | 'channel'>) =>
  newOrder({
    ...{ number, channel },
    lines: wants.map(([sku, quantity], index) => {
      const code = stage.skus[sku] ?? '';
      return { id: String(index + 1), sku: code, name: code, quantity, unitPrice: 1_000 };
    }),
  });

async function place(stage: Stage, { way, ...wish }: Of<'place'>): Promise<void> {
  if (stage.orders.size >= MOST_ORDERS) return;
  const number = `${stage.name}-${stage.orders.size + 1}`;
  const order = contentOf(stage, number, wish);
  stage.tell(
    `place ${number} (${wish.channel}): ${order.lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')}`,
  );
  const { records, orchestrator, api } = stage.arena;
  if (way === 'http') {
    const { status, body } = await api.call('POST', '/orders', order);
    if (status !== 201) throw new Error(`${number} was answered ${status} ${JSON.stringify(body)}`);
  } else {
    await records.orders.insertReceived(order, new Date());
    await orchestrator.startOrder(order);
  }
  stage.expect(newModelOrder(order));
}

/** The same again has the same answer and no effect; another one under the number is refused. */
async function placeAgain(stage: Stage, { pick, isOther }: Of<'place_again'>): Promise<void> {
  const known = at([...stage.orders.keys()], pick);
  if (known === undefined) return;
  const { order } = (await stage.arena.records.orders.find(known)) ?? {};
  stage.tell(`place ${known} again${isOther ? ' with other content' : ''}`);
  const { status } = await stage.arena.api.call('POST', '/orders', { ...order, ...(isOther && { notes: 'other' }) });
  if (status !== (isOther ? 409 : 200)) throw new Error(`${known} again was answered ${status}`);
}

/** What is still open, or anything when the step wants to be refused. */
function choose<Thing>(
  all: readonly Thing[],
  isOpen: (thing: Thing) => boolean,
  { pick, name }: { pick: number; name: unknown },
) {
  const open = all.filter(isOpen);
  return name === null || (open.length > 0 && pick < 8) ? at(open, pick) : at(all, pick);
}

const parcelsOf = (stage: Stage) =>
  [...stage.orders.values()].flatMap((order) => order.parcels.map((parcel) => ({ order, parcel })));

async function commandPackage(stage: Stage, step: Of<'package'>): Promise<void> {
  const chosen = choose(parcelsOf(stage), ({ parcel }) => !isOver(parcel), step);
  if (!chosen) return;
  const order = await stage.settled(chosen.order.number);
  const parcel = order.parcels.find(({ number }) => number === chosen.parcel.number) as ModelParcel;
  const name = nameOf(step, allowedFor(parcel));
  if (!name) return;
  const body = packageBody(name, parcel, step.dice, stage.locations);
  await command(stage, order, { to: 'package', number: parcel.number, body, id: stage.newId() }, step.way);
}

async function commandTransfer(stage: Stage, step: Of<'transfer'>): Promise<void> {
  const all = [...stage.orders.values()].flatMap((order) => order.transfers.map((transfer) => ({ order, transfer })));
  const chosen = choose(all, ({ transfer }) => !hasEnded(transfer), step);
  // Where nothing travels, a package is moved on instead.
  if (!chosen) return commandPackage(stage, { ...step, kind: 'package', name: null });
  const order = await stage.settled(chosen.order.number);
  const transfer = order.transfers.find(({ number }) => number === chosen.transfer.number) as ModelTransfer;
  const name = nameOf(step, allowedForTransfer(transfer));
  if (!name) return;
  const body = transferBody(name, transfer, step.dice);
  await command(stage, order, { to: 'transfer', number: transfer.number, body, id: stage.newId() }, step.way);
}

async function commandOrder(stage: Stage, step: Of<'order'>): Promise<void> {
  const chosen = choose([...stage.orders.values()], ({ end }) => end === null, step);
  if (!chosen || step.name === null) return;
  const order = await stage.settled(chosen.number);
  // It has ended meanwhile. A command that arrives in the very task that ends it comes before its end.
  if (order.end !== null) return;
  const body = orderBody(step.name, order, step.dice);
  await command(stage, order, { to: 'order', number: order.number, body, id: stage.newId() }, step.way);
}

function nameOf<Name extends string>({ name, dice: [a, b, c] }: Commanding<string, Name>, allowed: readonly string[]) {
  return name ?? (at(allowed, a + 12 * b + 144 * c) as Name | undefined);
}

/** The stock service answers another number; pushed, it wakes what is parked for it. */
async function changeStock(stage: Stage, { location, sku, units, isPushed }: Of<'stock'>): Promise<void> {
  const place = at(stage.locations, location) ?? '';
  const code = at(stage.skus, sku) ?? '';
  stage.setStock(place, code, units);
  stage.tell(`stock of ${code} at ${place}: ${units}${isPushed ? ', pushed' : ''}`);
  if (!isPushed) return;
  const push = [{ sku: code, stocks: [{ erpCode: place, quantity: units }] }];
  const { status } = await stage.arena.api.call('POST', '/inbound/stock?engine=erp', push);
  if (status !== 202) throw new Error(`a push of stock was answered ${status}`);
  if (units === 0) return;
  const isParkedFor = ({ parcels }: ModelOrder) =>
    parcels.some(({ state, items }) => state === 'out_of_stock' && items.some((item) => item.sku === code));
  for (const order of [...stage.orders.values()].filter(isParkedFor)) stage.expect(woken(order));
}

async function toggleLocation(stage: Stage, { location }: Of<'location'>): Promise<void> {
  const place = at(stage.locations, location) ?? '';
  const active = !stage.active.has(place);
  stage.tell(`${place} is ${active ? 'active again' : 'not active any more'}`);
  await stage.setActive(place, active);
}

/** The clock goes on: nobody has touched the package for longer than it may wait. */
async function growOverdue(stage: Stage, { pick, why }: Of<'overdue'>): Promise<void> {
  const chosen = at(
    parcelsOf(stage).filter(({ parcel }) => !isOver(parcel)),
    pick,
  );
  if (!chosen) return;
  const order = await stage.settled(chosen.order.number);
  const parcel = order.parcels.find(({ number }) => number === chosen.parcel.number) as ModelParcel;
  stage.tell(`${parcel.number} (${parcel.state}) is overdue: ${why}`);
  const before = new Date(Date.now() + 86_400_000).toISOString();
  await stage.arena.orchestrator.tellOverdue(parcel.number, { kind: why, before });
  if (parcel.state !== 'waiting') return;
  if (why === 'stale')
    return stage.expect(consequences(withParcel(order, changed(parcel, { state: 'stale_waiting' }))));
  const back = withParcel(order, changed(parcel, { state: 'needs_rescheduling' }));
  const barred = excluding(
    back,
    parcel.location,
    parcel.items.map(({ line }) => line),
  );
  stage.expect(withTask(barred, { kind: 'replan', parcel: parcel.number }));
}
