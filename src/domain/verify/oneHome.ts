import { orderSubject, packageSubject } from '../events/event.js';
import { packageNumber } from '../numbers.js';
import type { OrderBooks, Violation } from './books.js';

/** 2: the packages that the order made are there, with lines of the order, and no others. */
export function checkOneHome({ order, packages, workflows }: OrderBooks): Violation[] {
  const { number, lines } = order.order;
  const made = Array.from({ length: order.packageCount }, (_, index) => packageNumber(number, index + 1));
  const missing = made
    .filter((name) => !packages.some((parcel) => parcel.number === name))
    .map((name): Violation => {
      const subject = packageSubject(name);
      return {
        invariant: 2,
        objects: [orderSubject(number), subject],
        detail: `${name} was made by the order and is not recorded: its units have no home`,
        todo: 'Run `oms verify --repair`, which records it again when its workflow still runs.',
        ...(workflows.get(subject)?.state && { repair: { kind: 'save_record', subject } }),
      };
    });
  const foreign = packages
    .filter((parcel) => !made.includes(parcel.number))
    .map(({ number: name }): Violation => ({
      invariant: 2,
      objects: [orderSubject(number), packageSubject(name)],
      detail: `${name} is recorded, and the order never made it`,
      todo: 'Look at both workflows in Temporal; the record of the order may be older than its package.',
    }));
  const strange = packages
    .flatMap((parcel) => parcel.items.map((item) => ({ parcel, item })))
    .filter(({ item }) => !lines.some(({ id }) => id === item.lineId))
    .map(({ parcel, item }): Violation => ({
      invariant: 2,
      objects: [packageSubject(parcel.number), `line/${item.lineId}`],
      detail: `item ${item.id} is of line ${item.lineId}, which the order does not have`,
      todo: 'Compare the record with the state of its workflow.',
    }));
  return [...missing, ...foreign, ...strange];
}
