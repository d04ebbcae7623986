import { isFinal, type Lifecycle } from './lifecycle.js';

/** The life cycle as a Mermaid state diagram; rows that leave the state as it is are left out. */
export function lifecycleDiagram(lifecycle: Lifecycle<string, string>): string {
  const lines = ['stateDiagram-v2'];
  for (const state of lifecycle.initial) lines.push(`  [*] --> ${state}`);
  for (const row of lifecycle.transitions) {
    for (const from of row.from) {
      for (const to of row.to) {
        if (to === 'unchanged' || to === from) continue;
        lines.push(to === 'before' ? `  note right of ${from}: ${row.command} leads back` : `  ${from} --> ${to}: ${row.command}`);
      }
    }
  }
  for (const state of Object.keys(lifecycle.states)) if (isFinal(lifecycle, state)) lines.push(`  ${state} --> [*]`);
  return `${lines.join('\n')}\n`;
}
