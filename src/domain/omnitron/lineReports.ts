import type { PackageState } from '../lifecycle/packageLifecycle.js';
import { lineQuantities } from '../order/quantities.js';
import type { OrderRecord } from '../order/order.js';
import type { PackageRecord } from '../package/package.js';
import type { ToldPackage } from './toldPackage.js';

/** What Omnitron is to know of an item: fields that it should hold. */
export interface DueFields {
  readonly status?: string;
  readonly tracking_number?: string;
  readonly shipping_company?: string;
  readonly invoice_number?: string;
  readonly invoice_date?: string;
  readonly e_archive_url?: string;
  readonly extra_field?: Readonly<Record<string, string>>;
}

/** What is due for one line, which is one item there. */
export interface LineReport {
  readonly line: string;
  /** `cancel`, `refund`: all that is left of it; `keep`: go on with `fields`. */
  readonly what: 'keep' | 'cancel' | 'refund';
  readonly fields: DueFields;
  /** Another product goes instead, in every package of the line. */
  readonly replacedBy: string | null;
}

/** Omnitron's status for our states; what is not here changes nothing there. */
const STATUS: Partial<Record<PackageState, string>> = {
  packed: '450',
  waiting_cargo_label: '450',
  shipped: '500',
  delivery_failed: '500',
  ready_for_pickup: '520',
  attempted_delivery: '540',
  delivered: '550',
};

/** Where a package with this last told state stands for Omnitron; null: the item stays as it was approved. */
const statusOf = (state: PackageState | null): string | null => (state === null ? null : (STATUS[state] ?? null));

export type ReportedPackage = Pick<PackageRecord, 'number' | 'state' | 'items' | 'reason' | 'shipment' | 'invoice'>;

/**
 * What Omnitron should know of each line. An item there has one status: the lowest of its units, so that a line which
 * is spread over packages is as far as the last of them.
 */
export function lineReports(
  { order, cancelledUnits }: Pick<OrderRecord, 'order' | 'cancelledUnits'>,
  packages: readonly ReportedPackage[],
  told: readonly ToldPackage[],
  companyOf: (carrier: string) => string,
): LineReport[] {
  const live = packages.filter(({ state }) => !['cancelled', 'packed_for_refund', 'returned'].includes(state));
  return lineQuantities(order.lines, packages, cancelledUnits).map(({ line: { id: line }, quantities }) => {
    const { ordered, cancelled, refunded, returned } = quantities;
    const left = ordered - cancelled - refunded - returned;
    const carrying = live.filter(({ items }) => items.some(({ lineId }) => lineId === line));
    const replacedBy = replacementOf(line, carrying);
    if (left === 0) return { line, what: refunded + returned > 0 ? 'refund' : 'cancel', fields: {}, replacedBy: null };
    return { line, what: 'keep', fields: fieldsOf(line, left, carrying, told, companyOf), replacedBy };
  });
}

function fieldsOf(
  line: string,
  left: number,
  carrying: readonly ReportedPackage[],
  told: readonly ToldPackage[],
  companyOf: (carrier: string) => string,
): DueFields {
  const moved = carrying.flatMap((parcel) => {
    const state = told.find(({ number }) => number === parcel.number)?.told ?? null;
    const status = statusOf(state);
    return status === null ? [] : [{ parcel, status, isFailed: state === 'delivery_failed' }];
  });
  const units = moved.reduce((sum, { parcel }) => sum + unitsOf(line, parcel), 0);
  const [lowest] = moved.map(({ status }) => status).sort();
  if (lowest === undefined || units < left) return {};
  // Of several packages the first one's papers: an item has room for one of each.
  const papers = moved.map(({ parcel }) => parcel);
  const shipment = papers.map((parcel) => parcel.shipment).find((one) => one !== null);
  const invoice = papers.map((parcel) => parcel.invoice).find((one) => one !== null);
  return {
    status: lowest,
    ...(shipment?.trackingNumber && { tracking_number: shipment.trackingNumber }),
    ...(shipment?.carrier && { shipping_company: companyOf(shipment.carrier) }),
    ...(invoice && { invoice_number: invoice.number, invoice_date: invoice.date }),
    ...(invoice?.url !== undefined && { e_archive_url: invoice.url }),
    ...(moved.some(({ isFailed }) => isFailed) && { extra_field: { oms_state: 'delivery_failed' } }),
  };
}

const unitsOf = (line: string, { items }: ReportedPackage): number =>
  items.filter(({ lineId }) => lineId === line).reduce((sum, { quantity }) => sum + quantity, 0);

/** Null also while only a part of the line was replaced: an item there is one product. */
function replacementOf(line: string, carrying: readonly ReportedPackage[]): string | null {
  const items = carrying.flatMap((parcel) => parcel.items.filter(({ lineId }) => lineId === line));
  const [sku, ...others] = new Set(items.map(({ sku, orderedSku }) => (orderedSku === undefined ? null : sku)));
  return others.length === 0 ? (sku ?? null) : null;
}

/** Omnitron's statuses of an item only go forward, and some of them are not ours to set. */
const ORDER = ['200', '300', '350', '400', '450', '500', '510', '520', '540', '550'];

/** Whether an item at `present` may be set to `due`: forward only, and never out of a cancellation or a refund. */
export const isForward = (present: string, due: string): boolean =>
  ORDER.includes(present) && ORDER.indexOf(due) > ORDER.indexOf(present);

/** Cancelled, or going to be, or refunded: what we do no longer decides about it. */
export const isOutOfOurHands = (present: string): boolean => ['50', '100', '600'].includes(present);
