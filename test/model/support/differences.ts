import type { ModelItem, ModelParcel, ModelTransfer } from './state.js';
import { seenParcel, seenTransfer, type Seen } from './seen.js';

/** The difference between what the model expects and what is recorded, in words; null when there is none. */
export type Complaint = string | null;

const itemText = ({ id, sku, quantity, awaited, returned }: ModelItem): string =>
  `${id}:${quantity} ${sku}${awaited > 0 ? ` (${awaited} awaited)` : ''}${returned > 0 ? ` (${returned} back)` : ''}`;

/** A cancelled package keeps its items, and nobody counts where they were held. */
const parcelText = (parcel: ModelParcel): string => {
  const { state, location, items, isReserved, isHeld, before, isReplaced } = parcel;
  const isBlocked = state === 'blocked';
  return [
    `${state} at ${location}`,
    `${items.map(itemText).join(', ')}`,
    ...(isReserved ? ['held in the books'] : []),
    ...(isBlocked ? [`before ${before ?? 'nothing'}${isHeld ? ', with its order' : ''}`] : []),
    ...(isReplaced ? ['replaced'] : []),
  ].join('; ');
};

const transferText = ({ state, source, items }: ModelTransfer): string =>
  `${state} from ${source}; ${items
    .map(({ id, sku, quantity, received, unwanted }) => `${id}:${quantity} ${sku} (${received ?? '-'} ${unwanted})`)
    .join(', ')}`;

/** The package is recorded as the model has it. */
export function parcelComplaint(expected: ModelParcel, { packages }: Seen): Complaint {
  const record = packages.find(({ number }) => number === expected.number);
  if (!record) return `${expected.number} is not recorded`;
  return compare(expected.number, parcelText(expected), parcelText(seenParcel(record)));
}

/** The transfer is recorded as the model has it. */
export function transferComplaint(expected: ModelTransfer, { transfers }: Seen): Complaint {
  const record = transfers.find(({ number }) => number === expected.number);
  if (!record) return `${expected.number} is not recorded`;
  return compare(expected.number, transferText(expected), transferText(seenTransfer(record)));
}

const compare = (number: string, expected: string, seen: string): Complaint =>
  expected === seen ? null : `${number} should be [${expected}] and is [${seen}]`;

export const firstOf = (complaints: readonly Complaint[]): Complaint => complaints.find((one) => one !== null) ?? null;
