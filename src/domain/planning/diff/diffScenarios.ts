import diff, { type Difference } from 'microdiff';

import type { Scenario, TransferScenario } from '../../configuration/scenario.js';
import { movesBetween } from './moves.js';
import { normalForm } from './normalForm.js';
import { ordinal, shown, subjectOf } from './words.js';

/** One difference between two versions. */
export interface ScenarioChange {
  /** JSON pointer, into the older version where something was removed, else into the newer one. */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** The values; null where there is none. */
  readonly before: unknown;
  readonly after: unknown;
  /** The change as a sentence. */
  readonly text: string;
}

type Content = Scenario | TransferScenario;

/**
 * What changed from one version to another, in words. Rules are matched by name, so that one that only moved
 * is told as moved. Empty only when both are deeply equal.
 */
export function diffScenarios<Of extends Content>(before: Of, after: Of): readonly ScenarioChange[] {
  const both = { before, after };
  return [
    ...diff(normalForm(before), normalForm(after), { cyclesFix: false }).map((difference) =>
      changeOf(difference, both),
    ),
    ...movedRules(both),
    ...rewrittenLists(both),
  ];
}

interface Both {
  readonly before: Content;
  readonly after: Content;
}

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

function changeOf({ type, path }: Difference, { before, after }: Both): ScenarioChange {
  const keys = path.map(String);
  const [old, now] = [place(before, keys), place(after, keys)];
  const change = {
    pointer: (type === 'REMOVE' ? old : now).pointer,
    kind: KINDS[type],
    before: old.value ?? null,
    after: now.value ?? null,
  };
  return { ...change, text: sentence(change, keys, { before, after }) };
}

function sentence({ kind, before, after }: Omit<ScenarioChange, 'text'>, keys: readonly string[], both: Both): string {
  if (keys[0] === 'rules' && keys.length === 2) {
    const index = (of: Content) => of.rules.findIndex(({ name }) => name === keys[1]);
    return kind === 'added'
      ? `${subjectOf(keys)} added in ${ordinal(index(both.after))} place`
      : `${subjectOf(keys)} removed, it was in ${ordinal(index(both.before))} place`;
  }
  if (isEntry(keys)) return `${subjectOf(keys.slice(0, -1))}: ${shown(keys.at(-1))} ${kind}`;
  if (kind === 'added') return `${subjectOf(keys)}: set to ${shown(after)}`;
  if (kind === 'removed') return `${subjectOf(keys)}: no longer set, it was ${shown(before)}`;
  return `${subjectOf(keys)}: changed from ${shown(before)} to ${shown(after)}`;
}

/** `conditions.channel.in.web`, `rules.first.locations.include.W1`: the last key is an entry of a list. */
const isEntry = ({ length, 0: first }: readonly string[]): boolean =>
  (first === 'conditions' && length === 4) || (first === 'rules' && length === 5);

function movedRules({ before, after }: Both): ScenarioChange[] {
  const names = ({ rules }: Content) => rules.map(({ name }) => name);
  // Where others moved around a rule, it may count as moved and yet be where it was.
  const moves = movesBetween(names(before), names(after)).filter(({ from, to }) => from !== to);
  return moves.map(({ name, from, to }) => ({
    pointer: `/rules/${to}`,
    kind: 'moved',
    before: from,
    after: to,
    text: `${subjectOf(['rules', name])} moved from ${ordinal(from)} to ${ordinal(to)} place`,
  }));
}

/** Lists with the same entries that are not written alike: it means the same, and yet the text changed. */
function rewrittenLists({ before, after }: Both): ScenarioChange[] {
  return listsOf(after).flatMap((keys) => {
    const [old, now] = [place(before, keys).value, place(after, keys)];
    if (!Array.isArray(old) || !Array.isArray(now.value)) return [];
    const isAlike = JSON.stringify(old) === JSON.stringify(now.value);
    const isSame = new Set([...(old as unknown[]), ...(now.value as unknown[])]).size === new Set(old).size;
    if (isAlike || !isSame || new Set(old).size !== new Set(now.value).size) return [];
    const text = `${subjectOf(keys)}: the same entries, written in another way`;
    return [{ pointer: now.pointer, kind: 'moved', before: old, after: now.value, text }];
  });
}

function listsOf({ conditions, rules }: Content): string[][] {
  return [
    ...Object.keys(conditions).map((name) => ['conditions', name, 'in']),
    ...rules.flatMap((rule) => {
      const [field, filter] = 'locations' in rule ? ['locations', rule.locations] : ['sources', rule.sources];
      return Object.keys(filter).map((list) => ['rules', rule.name, field, list]);
    }),
  ];
}

/** Follows a path of the normal form in the scenario itself: rules by name, entries of lists by value. */
function place(scenario: Content, keys: readonly string[]): { pointer: string; value: unknown } {
  let value: unknown = scenario;
  let pointer = '';
  for (const key of keys) {
    const at = stepOf(value, key);
    pointer += `/${at}`;
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, at) ? Reflect.get(value, at) : undefined;
  }
  return { pointer, value };
}

function stepOf(value: unknown, key: string): string {
  if (!Array.isArray(value)) return key;
  const index = value.findIndex((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name === key : entry === key,
  );
  return String(index);
}
