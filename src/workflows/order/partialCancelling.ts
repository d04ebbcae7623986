import type { LineUnits } from '../../domain/order/commands.js';
import { partialCancellation, type Standing, type Withdrawal } from '../../domain/order/partialCancel.js';
import type { Units } from '../../domain/order/order.js';
import { plus } from '../../domain/order/units.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { OrderVerdict } from '../messages.js';
import { consult } from './consulting.js';
import { illegal } from './illegal.js';
import type { CancelWish, OrderProcess } from './process.js';

/** Cancels some units of an order: all of those asked for, or none. */
export async function cancelUnits(
  order: OrderProcess,
  { reason, note, lines }: CancelWish & { readonly lines: readonly LineUnits[] },
): Promise<void> {
  let unplaced: Units = {};
  const taken: { standing: Standing; withdrawal: Withdrawal }[] = [];
  await consult(order, ({ standings }) => {
    const found = partialCancellation(lines, order.demands.unplaced, standings);
    if (!found.ok) {
      const detail = `Not so many units of ${order.order.number} can be cancelled any more`;
      throw illegal(order, detail, { cancellable: found.cancellable });
    }
    unplaced = found.unplaced;
    const byNumber = new Map(standings.map((standing) => [standing.number, standing]));
    for (const withdrawal of found.withdrawals) {
      const standing = byNumber.get(withdrawal.number);
      if (standing) taken.push({ standing, withdrawal });
    }
    return new Map(taken.map(({ withdrawal }) => [withdrawal.number, verdictOf(withdrawal, { reason, note })]));
  });
  const parts = taken.map((of) => withdraw(order, of));
  order.demands.dropUnplaced(unplaced);
  const cancelledUnits = [unplaced, ...parts].reduce(plus, order.record.cancelledUnits);
  await order.write({ cancelledUnits, cancellation: { reason, note }, state: order.presentState }, []);
}

function verdictOf({ units }: Withdrawal, why: { reason: string; note: string | null }): OrderVerdict {
  return units === 'all' ? { action: 'cancel', ...why } : { action: 'withdraw', units };
}

/** What the order counts itself; a package that is cancelled as a whole counts its own units. */
function withdraw(
  order: OrderProcess,
  { standing, withdrawal }: { standing: Standing; withdrawal: Withdrawal },
): Units {
  if (withdrawal.units === 'all') return {};
  const lineOf = new Map(standing.items.map(({ id, lineId }) => [id, lineId]));
  const units = unitsByLine(withdrawal.units.map(({ id, quantity }) => ({ lineId: lineOf.get(id) ?? '', quantity })));
  order.shrink(withdrawal.number, withdrawal.units, units);
  return units;
}
