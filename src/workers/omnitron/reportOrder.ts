import type { OmnitronClient } from '../../clients/omnitron/client.js';
import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { lineReports, type LineReport } from '../../domain/omnitron/lineReports.js';
import { omnitronKeys } from '../../domain/omnitron/omnitronKeys.js';
import { retryDelayMs, type LineOutcome, type OrderReport } from '../../domain/omnitron/orderReport.js';
import { OmsError } from '../../platform/errors.js';
import type { CancellationReason } from '../../domain/configuration/integrations.js';
import type { RecordStore } from '../../store/store.js';
import { cancelItems, refundItem, replaceProducts, shippingInfos } from './reportedActions.js';
import { patchItem } from './reportedItem.js';
import { remoteItem, type RemoteItem, type Reporting } from './reporting.js';

export interface ReportDependencies {
  readonly records: Pick<RecordStore, 'orders' | 'packages' | 'omnitronReports'>;
  readonly client: OmnitronClient;
  readonly reasons: { find(code: string): Promise<CancellationReason | null> };
  readonly now: () => Date;
}

/**
 * Tells Omnitron what an order has become: reads its items first, sends only what is missing there, and repeats
 * nothing that is done, so that an attempt whose end nobody saw may be made again. Writes down how it went.
 */
export async function reportOrder(
  dependencies: ReportDependencies,
  connection: OmnitronConnection,
  report: OrderReport,
): Promise<void> {
  const { records, now } = dependencies;
  const { omnitronReports: reports } = records;
  try {
    const lines = await tell(dependencies, connection, report);
    const reportedAt = now().toISOString();
    await reports.settle(report, { dueAt: null, attempts: 0, failure: null, lines, reportedAt });
  } catch (error) {
    const at = now();
    const attempts = report.attempts + 1;
    await reports.settle(report, {
      dueAt: new Date(at.getTime() + retryDelayMs(attempts)).toISOString(),
      attempts,
      failure: { at: at.toISOString(), detail: error instanceof OmsError ? error.detail : 'something went wrong here' },
      lines: report.lines,
      reportedAt: report.reportedAt,
    });
    if (!(error instanceof OmsError)) throw error;
  }
}

async function tell(
  { records, client, reasons }: ReportDependencies,
  connection: OmnitronConnection,
  report: OrderReport,
): Promise<LineOutcome[]> {
  const record = await records.orders.find(report.number);
  const keys = record && omnitronKeys(record.order);
  if (!record || !keys) return [];
  const packages = await records.packages.ofOrder(report.number);
  const channel = `channel/${keys.channel}`;
  const code = record.cancellation?.reason ?? null;
  const remoteId = code === null ? undefined : (await reasons.find(code))?.remoteId;
  const reason = /^\d+$/.test(remoteId ?? '') ? Number(remoteId) : null;
  const reporting: Reporting = { client, connection, channel, key: keys.order, record, packages, reason };
  const companyOf = (carrier: string) => connection.shippingCompanies[carrier] ?? carrier;
  const due = lineReports(record, packages, report.packages, companyOf);
  const items = await client.list(connection, `${channel}/order_items/`, remoteItem, { order: keys.order });
  return tellLines(reporting, due, items, companyOf);
}

/** First what is cancelled, then every item by itself, then what hangs on the order. */
async function tellLines(
  reporting: Reporting,
  due: readonly LineReport[],
  items: readonly RemoteItem[],
  companyOf: (carrier: string) => string,
): Promise<LineOutcome[]> {
  const itemOf = new Map(items.map((item) => [String(item.pk), item]));
  const known = due.flatMap((line) => {
    const item = itemOf.get(line.line);
    return item ? [{ line, item }] : [];
  });
  const outcomes = due
    .filter(({ line }) => !itemOf.has(line))
    .map(({ line }): LineOutcome => ({ line, outcome: 'drift', status: null, detail: 'Omnitron has no such item' }));
  const of = (what: LineReport['what']) => known.filter(({ line }) => line.what === what);
  outcomes.push(...(await cancelItems(reporting, of('cancel'), items)));
  outcomes.push(...(await replaceProducts(reporting, of('keep'))));
  for (const { line, item } of of('keep')) outcomes.push(await patchItem(reporting, line, item));
  for (const { line, item } of of('refund')) outcomes.push(await refundItem(reporting, line, item));
  await shippingInfos(reporting, companyOf);
  return [...new Map(outcomes.map((outcome) => [outcome.line, outcome])).values()];
}
