import { isFinal, type Lifecycle, type Transition } from './lifecycle.js';

/** The life cycle as a Mermaid state diagram, by the brand's own names; rows that leave the state as it is are left out. */
export function lifecycleDiagram(lifecycle: Lifecycle<string, string>): string {
  const finals = Object.keys(lifecycle.states).filter((state) => isFinal(lifecycle, state));
  const lines = [
    ...lifecycle.initial.map((state) => `[*] --> ${state}`),
    ...Object.entries(lifecycle.states).flatMap(([state, { slug }]) =>
      slug === undefined ? [] : [`${state}: ${slug}`],
    ),
    ...lifecycle.transitions.flatMap((row) =>
      row.from.flatMap((from) => arrows(row, from, lifecycle.commandSlugs?.[row.command] ?? row.command)),
    ),
    ...finals.map((state) => `${state} --> [*]`),
  ];
  return `stateDiagram-v2\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function arrows(row: Transition<string, string>, from: string, label: string): string[] {
  return row.to
    .filter((to) => to !== 'unchanged' && to !== from)
    .map((to) => (to === 'before' ? `note right of ${from}: ${label} leads back` : `${from} --> ${to}: ${label}`));
}
