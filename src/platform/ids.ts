import { ulid } from 'ulid';

/** One prefix for each kind of thing that we name ourselves. */
const PREFIXES = {
  request: 'req',
  command: 'cmd',
  webhookEndpoint: 'whe',
  webhookTest: 'wht',
  backtest: 'bkt',
  shadow: 'shd',
} as const;

/** Sorts by time, and tells what it names: `whe_01J...`. */
export const newId = (kind: keyof typeof PREFIXES): string => `${PREFIXES[kind]}_${ulid()}`;
