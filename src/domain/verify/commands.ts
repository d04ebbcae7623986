import { orderSubject, packageSubject, transferSubject } from '../events/event.js';
import type { OrderBooks, Violation } from './books.js';

/** 9: what was accepted is in the record, and no two commands made the same version of a package or transfer. */
export function checkCommands({ order, packages, transfers, commands }: OrderBooks): Violation[] {
  const versions = new Map([
    [orderSubject(order.order.number), order.version],
    ...packages.map(({ number, version }) => [packageSubject(number), version] as const),
    ...transfers.map(({ number, version }) => [transferSubject(number), version] as const),
  ]);
  return commands.flatMap(({ subject, command, outcome, version }): Violation[] => {
    const known = versions.get(subject);
    if (outcome === 'refused' || known === undefined || version <= known) return [];
    return [
      {
        invariant: 9,
        objects: [subject, `command/${command}`],
        detail: `${command} was accepted and made version ${version}; the record has version ${known}`,
        todo: 'Its effect is lost in the read model: run `oms verify --repair` while its workflow runs.',
      },
    ];
  });
}
