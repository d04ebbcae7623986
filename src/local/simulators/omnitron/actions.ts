import type { Reply } from '../loopbackServer.js';
import type { Book } from './book.js';
import type { Row } from './rows.js';

const STATUSES = new Set('50 100 200 300 350 400 425 450 500 510 520 540 544 545 546 547 550 600'.split(' '));

const badRequest = (field: string, message: string): Reply => ({
  status: 400,
  body: { [field]: [message], code: 'invalid' },
});
export const missing: Reply = { status: 404, body: { detail: 'Not found.', code: 'not_found' } };

/** An order takes nothing but the mark that somebody has taken it over. */
export function patchOrder(book: Book, order: Row, change: Row): Reply {
  const other = Object.keys(change).find((name) => name !== 'is_send');
  if (other !== undefined) return badRequest(other, 'cannot be changed here');
  if (typeof change['is_send'] !== 'boolean') return badRequest('is_send', 'must be a boolean');
  return { status: 200, body: book.change(order, change) };
}

/** Merges `extra_field` and replaces everything else. */
export function patchItem(book: Book, item: Row, change: Row): Reply {
  const { status, extra_field: extra } = change;
  if (status !== undefined && (typeof status !== 'string' || !STATUSES.has(status)))
    return badRequest('status', 'is no valid choice');
  const merged = { ...(item['extra_field'] as Row | null), ...(extra as Row | null) };
  const fields = { ...change, ...(extra !== undefined && { extra_field: merged }) };
  return { status: 200, body: book.change(item, fields) };
}

export function createShippingInfo(book: Book, info: Row): Reply {
  const order = book.find('orders', info['order'] as number);
  if (!order) return badRequest('order', 'is no order');
  if (typeof info['shipping_company'] !== 'string') return badRequest('shipping_company', 'must be a code');
  return { status: 201, body: book.add('order_shipping_infos', info) };
}

/** Cancels items, or all of them: what was asked for becomes done. */
export function cancelOrder(book: Book, order: Row, { cancel_items: given, is_all: isAll }: Row): Reply {
  const items = book.rows('order_items').filter((item) => item['order'] === order['pk']);
  const asked = isAll === true ? items.map(({ pk }) => pk) : (given as unknown[] | undefined);
  if (!Array.isArray(asked) || asked.length === 0) return badRequest('cancel_items', 'is required');
  const chosen = items.filter(({ pk }) => asked.includes(pk));
  if (chosen.length < asked.length) return badRequest('cancel_items', 'is no item of this order');
  if (chosen.some(({ status }) => Number(status) >= 500)) {
    return { status: 406, body: { non_field_errors: ['an item has been shipped'], code: 'order_cancel_406_1' } };
  }
  for (const item of chosen) {
    book.change(item, { status: '100', cancel_status: null });
    for (const request of requestsOf(book, item)) book.change(request, { status: 'completed' });
  }
  if (items.every(({ status }) => status === '100')) book.change(order, { status: '100' });
  return { status: 200, body: book.detailed(order) };
}

/** Asks for a cancellation or a refund, as a shop or an agent does: the item waits. */
export function requestCancellation(book: Book, request: Row): Reply {
  const item = book.find('order_items', request['order_item'] as number);
  if (!item) return badRequest('order_item', 'is no item');
  const type = request['cancellation_type'];
  if (type !== 'cancel' && type !== 'refund') return badRequest('cancellation_type', 'is no valid choice');
  if (requestsOf(book, item).some((other) => other['cancellation_type'] === type)) {
    return badRequest('order_item', 'has such a request already');
  }
  if (type === 'cancel') book.change(item, { status: '50', cancel_status: 'waiting' });
  const defaults = { status: 'waiting_approval', description: '', quantity: null, reason: null };
  return { status: 201, body: book.add('cancellation_requests', { ...defaults, ...request }) };
}

/** The request is refused, and the item goes back to where it was. */
export function rejectRequest(book: Book, request: Row): Reply {
  const item = book.find('order_items', request['order_item'] as number);
  if (item?.['status'] === '50') book.change(item, { status: '400', cancel_status: null });
  return { status: 200, body: book.change(request, { status: 'rejected' }) };
}

/** Open ones. */
const requestsOf = (book: Book, item: Row): Row[] =>
  book
    .rows('cancellation_requests')
    .filter(({ order_item: of, status }) => of === item['pk'] && status !== 'rejected' && status !== 'completed');

export function replaceProduct(book: Book, order: Row, pairs: unknown): Reply {
  if (!Array.isArray(pairs)) return badRequest('non_field_errors', 'must be a list');
  for (const { order_item: key, new_product_sku: sku } of pairs as Row[]) {
    const item = book.find('order_items', key as number);
    if (!item || item['order'] !== order['pk']) return badRequest('order_item', 'is no item of this order');
    const product = book.rows('products').find((one) => one['sku'] === sku) ?? book.add('products', { sku, name: sku });
    book.change(item, { product: product['pk'] });
  }
  return { status: 200, body: book.detailed(order) };
}
