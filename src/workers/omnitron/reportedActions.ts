import { z } from 'zod';

import type { LineReport } from '../../domain/omnitron/lineReports.js';
import type { LineOutcome } from '../../domain/omnitron/orderReport.js';
import { unlessRefused } from './reportedItem.js';
import type { RemoteItem, Reporting } from './reporting.js';

interface Line {
  readonly line: LineReport;
  readonly item: RemoteItem;
}

const CANCELLED = '100';

/** Cancels what is cancelled here, in one call; items that are cancelled there already are left alone. */
export async function cancelItems(
  { client, connection, channel, key, reason }: Reporting,
  cancelled: readonly Line[],
  items: readonly RemoteItem[],
): Promise<LineOutcome[]> {
  const open = cancelled.filter(({ item }) => item.status !== CANCELLED);
  const done = cancelled.filter(({ item }) => item.status === CANCELLED);
  const outcomes = done.map(({ line: { line } }): LineOutcome => ({
    line,
    outcome: 'reported',
    status: CANCELLED,
    detail: null,
  }));
  if (open.length === 0) return outcomes;
  const isAll = open.length === items.length;
  const body = {
    order: key,
    is_all: isAll,
    cancel_items: isAll ? [] : open.map(({ item }) => item.pk),
    reasons: reason === null ? {} : Object.fromEntries(open.map(({ item }) => [item.pk, reason])),
    forced_refund_amount: null,
    is_cargo_refund: false,
  };
  const told = await unlessRefused('', CANCELLED, async () => {
    await client.send(connection, 'POST', `${channel}/orders/${key}/cancel/`, body);
    return CANCELLED;
  });
  const status = ({ item }: Line) => (told.outcome === 'reported' ? CANCELLED : item.status);
  return [...outcomes, ...open.map((one) => ({ ...told, line: one.line.line, status: status(one) }))];
}

const request = z.object({ id: z.int().optional(), status: z.string().nullish() });

/** Asks for the refund of what came back or will not come; once, whatever became of the request. */
export async function refundItem(
  { client, connection, channel, reason }: Reporting,
  { line }: LineReport,
  { pk, status }: RemoteItem,
): Promise<LineOutcome> {
  const path = `${channel}/cancellation_requests/`;
  const query = { order_item: pk, cancellation_type: 'refund' };
  const asked = await client.page(connection, path, request, query);
  if (asked.rows.length > 0 || status === '600') return { line, outcome: 'reported', status, detail: null };
  return unlessRefused(line, status, async () => {
    await client.send(connection, 'POST', path, { ...query, ...(reason !== null && { reason }), description: '' });
    return status;
  });
}

const info = z.object({ shipping_company: z.string().nullish() });

/** Tells once for each carrier that takes something of the order. */
export async function shippingInfos(
  { client, connection, channel, key, record, packages }: Reporting,
  companyOf: (carrier: string) => string,
): Promise<void> {
  const carriers = packages
    .map(({ shipment }) => shipment)
    .flatMap((shipment) => (shipment?.carrier && shipment.trackingNumber ? [companyOf(shipment.carrier)] : []));
  if (carriers.length === 0) return;
  const path = `${channel}/order_shipping_infos/`;
  const known = await client.list(connection, path, info, { order: key });
  for (const company of new Set(carriers)) {
    if (known.some(({ shipping_company: other }) => other === company)) continue;
    const body = { order: key, order_number: record.order.number, shipping_company: company, is_send: true };
    await unlessRefused('', '', async () => {
      await client.send(connection, 'POST', path, body);
      return '';
    });
  }
}

const product = z.object({ sku: z.string() });

/** Swaps the products of items whose whole line goes as another product. Answers only for what was refused. */
export async function replaceProducts(
  { client, connection, channel, key }: Reporting,
  kept: readonly Line[],
): Promise<LineOutcome[]> {
  const refused: LineOutcome[] = [];
  for (const {
    line: { line, replacedBy: sku },
    item,
  } of kept) {
    if (sku === null || item.product == null) continue;
    const present = await client.get(connection, `${channel}/products/${item.product}/`, product);
    if (present.sku === sku) continue;
    const pairs = [{ order_item: item.pk, new_product_sku: sku }];
    const outcome = await unlessRefused(line, item.status, async () => {
      await client.send(connection, 'POST', `${channel}/orders/${key}/bulk_replace_product/`, pairs);
      return item.status;
    });
    if (outcome.outcome === 'refused') refused.push(outcome);
  }
  return refused;
}
