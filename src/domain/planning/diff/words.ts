const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** `1st`, from 0. */
export function ordinal(index: number): string {
  const place = index + 1;
  return `${place}${SUFFIXES[ORDINALS.select(place)] ?? 'th'}`;
}

const CONDITIONS: Readonly<Record<string, string>> = {
  channel: 'condition on the channel',
  shippingOption: 'condition on the shipping option',
  paymentType: 'condition on the payment type',
  customerType: 'condition on the customer type',
};

/** What a path of a scenario is called. A rule is called by its name. */
export function subjectOf([first, second, ...rest]: readonly string[]): string {
  if (first === 'conditions') return CONDITIONS[second ?? ''] ?? `conditions.${second ?? ''}`;
  if (first === 'rules')
    return [`rule ${quoted(second ?? '')}`, rest.join('.')].filter((part) => part !== '').join(', ');
  return first ?? '';
}

/** A value as people read it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(shownEntry).join(', ');
  if (typeof value === 'object' && value !== null) {
    if ('in' in value) return `one of ${shown(value.in)}`;
    if ('expression' in value) return `the expression ${shown(value.expression)}`;
    return JSON.stringify(value);
  }
  return String(value);
}

/** A criterion of a rank, or an entry of a list. */
function shownEntry(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null || !('by' in entry) || !('order' in entry)) return shown(entry);
  return `${String(entry.by)} ${String(entry.order)}`;
}

/** Simple words stay as they are. */
const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : JSON.stringify(text));
