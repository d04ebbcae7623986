import type { OrderCommand } from './commands.js';
import type { OrderState } from './order.js';
import type { LineQuantities } from './quantities.js';

/**
 * The commands that an order takes now. It can be cancelled as long as some unit has not left: what is
 * shipped goes on its way, everything else is cancelled.
 */
export function allowedOrderCommands(
  state: OrderState,
  lines: readonly Pick<LineQuantities, 'unplanned' | 'parked' | 'inPackages'>[],
): OrderCommand['command'][] {
  if (state === 'completed' || state === 'cancelled') return [];
  const isCancellable = lines.some(({ unplanned, parked, inPackages }) => unplanned + parked + inPackages > 0);
  return isCancellable ? ['cancel'] : [];
}
