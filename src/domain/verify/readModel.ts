import { orderSubject, packageSubject, transferSubject, type Subject } from '../events/event.js';
import type { OrderBooks, Violation } from './books.js';

interface Versioned {
  readonly state: string;
  readonly version: number;
}

/** 12: the record of whatever runs is what its workflow says. */
export function checkReadModel({ order, packages, transfers, workflows }: OrderBooks): Violation[] {
  const records = [
    [orderSubject(order.order.number), order],
    ...packages.map((parcel) => [packageSubject(parcel.number), parcel] as const),
    ...transfers.map((transfer) => [transferSubject(transfer.number), transfer] as const),
  ] as const;
  return records.flatMap(([subject, record]): Violation[] => {
    const workflow = workflows.get(subject);
    return workflow?.state && !workflow.isRecorded ? [difference(subject, record, workflow.state)] : [];
  });
}

function difference(subject: Subject, record: Versioned, state: Versioned): Violation {
  const isBehind = record.version < state.version;
  return {
    invariant: 12,
    objects: [subject],
    detail:
      `its record is ${record.state}, version ${record.version}; ` +
      `its workflow is ${state.state}, version ${state.version}`,
    todo: isBehind
      ? 'Run `oms verify --repair`, which writes what the workflow says.'
      : 'The record was changed by somebody else. Find out who writes into the database.',
    ...(isBehind && { repair: { kind: 'save_record', subject } }),
  };
}
