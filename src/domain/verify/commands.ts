import { orderSubject, packageSubject, transferSubject } from '../events/event.js';
import type { OrderBooks, SeenCommand, Violation } from './books.js';

/** 9: what was accepted is in the record, and nothing was carried out twice. */
export const checkCommands = (books: OrderBooks): Violation[] => [...lost(books), ...doubled(books)];

function lost({ order, packages, transfers, commands }: OrderBooks): Violation[] {
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

function doubled({ commands }: OrderBooks): Violation[] {
  const accepted = commands.filter(({ outcome, commandId }) => outcome === 'accepted' && (commandId ?? null) !== null);
  const nameOf = ({ subject, by, commandId, content }: SeenCommand) =>
    JSON.stringify([subject, by, commandId, content]);
  return [...new Set(accepted.map(nameOf))].flatMap((name): Violation[] => {
    const [first, ...others] = accepted
      .filter((entry) => nameOf(entry) === name)
      .filter((entry) => isTheOnlyOneOfItsVersion(entry, commands));
    if (!first || others.length === 0) return [];
    const { subject, command, commandId } = first;
    const versions = [first, ...others].map(({ version }) => version).sort((a, b) => a - b);
    return [
      {
        invariant: 9,
        objects: [subject, `command/${command}`, `id/${commandId}`],
        detail: `${command} was sent once and carried out ${versions.length} times: versions ${versions.join(' and ')}`,
        todo: 'Compare the events of these versions; correct by hand what was done twice, and report it as a bug.',
      },
    ];
  });
}

/** Of two that claim a version one may be of a step that a dying worker wrote and the workflow took otherwise. */
const isTheOnlyOneOfItsVersion = (entry: SeenCommand, commands: readonly SeenCommand[]): boolean =>
  commands.every(
    (other) =>
      other === entry ||
      other.outcome === 'refused' ||
      other.subject !== entry.subject ||
      other.version !== entry.version,
  );
