import { orderSubject } from '../events/event.js';
import { conserved, lineQuantities } from '../order/quantities.js';
import type { OrderBooks, Violation } from './books.js';

/** 1: every unit of every line is somewhere, and none is counted twice. */
export function checkConservation({ order, packages }: OrderBooks): Violation[] {
  const counted = lineQuantities(order.order.lines, packages, order.cancelledUnits);
  return counted.flatMap(({ line, quantities }) => {
    if (conserved(quantities)) return [];
    return {
      invariant: 1,
      objects: [orderSubject(order.order.number), `line/${line.id}`],
      detail: `${line.quantity} were ordered, and the packages do not add up to that: ${JSON.stringify(quantities)}`,
      todo: 'Compare the items of its packages with their workflows; one of the records is not what was written.',
    };
  });
}
