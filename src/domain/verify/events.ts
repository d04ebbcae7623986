import { orderSubject, packageSubject, transferSubject, type Subject } from '../events/event.js';
import type { OrderBooks, SeenEvent, Violation } from './books.js';

/** 10: the events of each subject are numbered 1 to n, and each is where an enabled endpoint will get it. */
export function checkEvents({ order, packages, transfers, events, undelivered }: OrderBooks): Violation[] {
  return [
    ...sequence(orderSubject(order.order.number), order.sequence, events),
    ...packages.flatMap((parcel) => sequence(packageSubject(parcel.number), parcel.sequence, events)),
    ...transfers.flatMap((transfer) => sequence(transferSubject(transfer.number), transfer.sequence, events)),
    ...undelivered.map(({ subject, event, endpoint }): Violation => ({
      invariant: 10,
      objects: [subject, `event/${event}`, `webhook-endpoint/${endpoint}`],
      detail: `${event} was never sent to ${endpoint}, which wants it`,
      todo: 'The receiver finds it with `GET /v1/events?after=`.',
    })),
  ];
}

function sequence(subject: Subject, recorded: number, events: readonly SeenEvent[]): Violation[] {
  const numbers = events.filter((event) => event.subject === subject).map((event) => event.sequence);
  const known = new Set(numbers);
  const missing = Array.from({ length: recorded }, (_, index) => index + 1).filter((number) => !known.has(number));
  const beyond = [...known].filter((number) => number > recorded || number < 1);
  if (missing.length === 0 && beyond.length === 0 && known.size === numbers.length) return [];
  const faults = [
    ...(missing.length > 0 ? [`${missing.slice(0, 10).join(', ')} missing`] : []),
    ...(beyond.length > 0 ? [`${beyond.slice(0, 10).join(', ')} beyond the record`] : []),
  ];
  return [
    {
      invariant: 10,
      objects: [subject],
      detail: `of its events 1 to ${recorded}: ${faults.join('; ') || 'some are there twice'}`,
      todo: 'The events are in the history of its workflow; receivers may have them.',
    },
  ];
}
