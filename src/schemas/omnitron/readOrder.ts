import type { OmnitronContext, UnreadableField } from '../../domain/omnitron/context.js';
import { mapOmnitronOrder, sourcePointer } from '../../domain/omnitron/mapOrder.js';
import type { OmnitronOrder } from '../../domain/omnitron/source.js';
import type { Order } from '../../domain/order/order.js';
import { order as ourOrder } from '../order.js';
import { omnitronOrder } from './order.js';

/** Omnitron's order as it was read and as it is for us, or everything in it that cannot be read. */
export type ReadOrder =
  | { readonly ok: true; readonly source: OmnitronOrder; readonly order: Order; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly UnreadableField[] };

/** Reads, maps, and holds what comes out against the limits of our own intake. Faults name fields of Omnitron's order. */
export function readOmnitronOrder(given: unknown, context: OmnitronContext): ReadOrder {
  const read = omnitronOrder.safeParse(given);
  if (!read.success) return { ok: false, faults: read.error.issues.flatMap((issue) => unreadable(issue)) };
  const source = read.data;
  const mapped = mapOmnitronOrder(source, context);
  if (!mapped.ok) return mapped;
  const checked = ourOrder.safeParse(mapped.order);
  if (checked.success) return { ok: true, source, order: checked.data, warnings: mapped.warnings };
  const faults = checked.error.issues.map(({ path, message }) => {
    return { pointer: sourcePointer(path, source, context), detail: message };
  });
  return { ok: false, faults };
}

function unreadable({ path, message }: { path: readonly PropertyKey[]; message: string }): UnreadableField[] {
  return [{ pointer: path.map((key) => `/${String(key)}`).join(''), detail: message }];
}
