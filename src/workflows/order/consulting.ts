import { condition } from '@temporalio/workflow';

import type { Standing } from '../../domain/order/partialCancel.js';
import { orderConsultsSignal, orderDecidesSignal, packageWorkflowId, type OrderVerdict } from '../messages.js';
import { tell } from '../tell.js';
import type { OrderProcess } from './process.js';

/** What every open package is and has; none of them does anything before it has its verdict. */
export interface Consultation {
  readonly standings: readonly Standing[];
  /** Packages whose units a person is giving to other places at this moment; they took no part. */
  readonly busy: readonly string[];
}

/**
 * Asks all open packages where they stand, decides, and has each do what is decided for it. Between the two no
 * command of a store moves any of them, so that what is decided for several is true of all.
 *
 * @param decide What each package does; those that are not named go on as they were. May throw: then none does
 *   anything.
 */
export async function consult(
  order: OrderProcess,
  decide: (consultation: Consultation) => ReadonlyMap<string, OrderVerdict>,
): Promise<void> {
  const asked = order.openNumbers;
  order.standings.clear();
  order.obeyed.clear();
  await Promise.all(asked.map((number) => tell(packageWorkflowId(number), orderConsultsSignal, {})));
  // One that a person moves answers after that, and takes no part.
  const hasAnswered = (number: string) =>
    !order.isOpen(number) || order.standings.has(number) || order.isMovedByHand(number);
  await condition(() => asked.every(hasAnswered));
  const answers = asked.flatMap((number) => {
    return order.isOpen(number) ? [{ number, standing: order.standings.get(number) ?? null }] : [];
  });
  const standings = answers.flatMap(({ standing }) => standing ?? []);
  const busy = answers.filter(({ standing }) => standing === null).map(({ number }) => number);
  const verdicts = decideOrLeave(() => decide({ standings, busy }));
  await Promise.all(
    standings.map(({ number }) =>
      tell(packageWorkflowId(number), orderDecidesSignal, verdicts.of.get(number) ?? { action: 'leave' }),
    ),
  );
  if (verdicts.refusal !== null) throw verdicts.refusal as Error;
  const told = [...verdicts.of.keys()];
  await condition(() => told.every((number) => !order.isOpen(number) || order.obeyed.has(number)));
}

/** The packages wait for their verdicts also when the command is refused. */
function decideOrLeave(decide: () => ReadonlyMap<string, OrderVerdict>) {
  try {
    return { of: decide(), refusal: null };
  } catch (refusal) {
    return { of: new Map<string, OrderVerdict>(), refusal };
  }
}
