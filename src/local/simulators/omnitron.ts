import { randomBytes } from 'node:crypto';

import { withFaults } from './faults.js';
import {
  readObject,
  startLoopbackServer,
  type Asked,
  type Login,
  type Reply,
  type Simulator,
} from './loopbackServer.js';
import {
  cancelOrder,
  createShippingInfo,
  missing,
  patchItem,
  patchOrder,
  rejectRequest,
  replaceProduct,
  requestCancellation,
} from './omnitron/actions.js';
import { openBook, type Book, type DetailedOrder } from './omnitron/book.js';
import { listPage, type Row } from './omnitron/rows.js';

export interface OmnitronOptions {
  readonly login: Login;
  readonly orders?: readonly DetailedOrder[];
  readonly stores?: readonly Row[];
  readonly reasons?: readonly Row[];
  readonly now?: () => number;
  readonly port?: number;
}

/** What a test or a demonstration does to this Omnitron, as its customers and agents would. */
export interface OmnitronSimulator extends Simulator {
  /** Rows as they are; changing them changes the simulator. */
  readonly rows: (collection: string) => readonly Row[];
  place(order: DetailedOrder): void;
  /** A customer asks for a cancellation of one item. */
  requestCancellation(item: number, reason?: number): Row;
  /** From now on every token that was given is unknown. */
  expireTokens(): void;
}

interface Target {
  readonly collection: string;
  readonly key: string | undefined;
  readonly action: string | undefined;
}

/** An Omnitron that is true enough for its vendor's own client. It forgets everything when it stops. */
export async function startOmnitron(options: OmnitronOptions): Promise<OmnitronSimulator> {
  const { login, orders = [], stores = [], reasons = [], now = Date.now, port } = options;
  const book = openBook(now);
  orders.forEach((order) => book.place(structuredClone(order)));
  book.rows('retail_stores').push(...structuredClone([...stores]));
  book.rows('cancellation_reasons').push(...structuredClone([...reasons]));
  const tokens = new Set<string>();

  const answer = (asked: Asked): Reply => {
    const path = /^\/api\/(?:v1|i1)\/(.*)$/.exec(asked.path)?.[1];
    if (path === undefined || !path.endsWith('/')) return missing;
    if (path === 'auth/login/') return logIn(asked, login, tokens);
    if (!tokens.has(/^Token (\w+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? '')) {
      return { status: 401, body: { detail: 'Invalid token.', code: 'authentication_failed' } };
    }
    if (path === 'active_user/') return { status: 200, body: { pk: 1, username: login.username } };
    const target = targetOf(path);
    return target ? serve(book, asked, target, server.url) : missing;
  };

  const server = await startLoopbackServer(withFaults(answer), port);
  return {
    ...server,
    rows: (collection) => book.rows(collection),
    place: (order) => book.place(structuredClone(order)),
    requestCancellation: (item, reason) => {
      const request = { order_item: item, cancellation_type: 'cancel', reason: reason ?? null };
      return requestCancellation(book, request).body as Row;
    },
    expireTokens: () => tokens.clear(),
  };
}

function logIn({ method, body }: Asked, login: Login, tokens: Set<string>): Reply {
  const given = readObject(body);
  const isRight = given?.['username'] === login.username && given['password'] === login.password;
  if (method !== 'POST' || !isRight) {
    const non_field_errors = ['Unable to log in with provided credentials.'];
    return { status: 400, body: { non_field_errors, code: 'authorization' } };
  }
  const key = randomBytes(20).toString('hex');
  tokens.add(key);
  return { status: 200, body: { key } };
}

/** `channel/5/orders/7001/cancel/` is the action `cancel` of an order; a channel sees what all see. */
function targetOf(path: string): Target | null {
  const [collection, key, action, ...more] = path
    .replace(/^channel\/\d+\//, '')
    .split('/')
    .slice(0, -1);
  if (collection === undefined || more.length > 0) return null;
  // Some collections are other ways to the same rows.
  if (collection === 'orders_integration') return { collection: 'orders', key, action };
  return key === 'updates' ? { collection, key: undefined, action: undefined } : { collection, key, action };
}

function serve(book: Book, asked: Asked, { collection, key, action }: Target, url: string): Reply {
  if (collection === 'order_number') {
    const order = book.rows('orders').find(({ number }) => number === key);
    return order ? { status: 200, body: order } : missing;
  }
  if (collection === 'order_item' && key === 'detailed_integration') return listItems(book, asked, url);
  if (!book.collections.has(collection)) return missing;
  if (key === undefined) return ofCollection(book, asked, collection, url);
  const row = book.find(collection, key);
  return row ? ofRow(book, asked, collection, row, action) : missing;
}

function ofCollection(book: Book, asked: Asked, collection: string, url: string): Reply {
  if (asked.method === 'GET') {
    const page = listPage(visible(book, collection, asked.query), asked.query, `${url}${asked.path}`);
    return page ? { status: 200, body: page } : { status: 404, body: { detail: 'Invalid page.', code: 'not_found' } };
  }
  const body = readObject(asked.body);
  if (asked.method === 'POST' && body && collection === 'order_shipping_infos') return createShippingInfo(book, body);
  if (asked.method === 'POST' && body && collection === 'cancellation_requests') return requestCancellation(book, body);
  return notAllowed;
}

/** Orders with `cancel_status=waiting` are those that have an item which waits for its cancellation. */
function visible(book: Book, collection: string, query: URLSearchParams): readonly Row[] {
  const wanted = query.get('cancel_status');
  if (collection !== 'orders' || wanted === null) return book.rows(collection);
  const waiting = book.rows('order_items').filter(({ cancel_status: status }) => status === wanted);
  return book.rows('orders').filter(({ pk }) => waiting.some(({ order }) => order === pk));
}

function ofRow(book: Book, { method, body }: Asked, collection: string, row: Row, action: string | undefined): Reply {
  if (method === 'GET' && action === 'detailed_integration') return { status: 200, body: book.detailed(row) };
  if (method === 'GET' && action === undefined) return { status: 200, body: row };
  const given = readObject(body) ?? {};
  switch (`${method} ${collection} ${action ?? ''}`.trim()) {
    case 'PATCH orders':
      return patchOrder(book, row, given);
    case 'PATCH order_items':
      return patchItem(book, row, given);
    case 'POST orders cancel':
      return cancelOrder(book, row, given);
    case 'POST orders bulk_replace_product':
      return replaceProduct(book, row, JSON.parse(body));
    case 'POST cancellation_requests reject':
      return rejectRequest(book, row);
    default:
      return notAllowed;
  }
}

/** Items with their products. */
function listItems(book: Book, { path, query }: Asked, url: string): Reply {
  const items = book.rows('order_items').map((item) => ({
    ...item,
    product: book.find('products', item['product'] as number) ?? item['product'],
  }));
  const page = listPage(items, query, `${url}${path}`);
  return page ? { status: 200, body: page } : missing;
}

const notAllowed: Reply = { status: 405, body: { detail: 'Method not allowed.', code: 'method_not_allowed' } };
