import { isForward, isOutOfOurHands, type DueFields, type LineReport } from '../../domain/omnitron/lineReports.js';
import type { LineOutcome } from '../../domain/omnitron/orderReport.js';
import { OmsError } from '../../platform/errors.js';
import type { RemoteItem, Reporting } from './reporting.js';

/** Brings one item to what it should hold: forward only, and nothing that it holds already. */
export async function patchItem(
  { client, connection, channel }: Reporting,
  { line, fields }: LineReport,
  item: RemoteItem,
): Promise<LineOutcome> {
  if (fields.status === undefined) return { line, outcome: 'waiting', status: item.status, detail: null };
  if (isOutOfOurHands(item.status)) {
    const detail = `Omnitron has it at ${item.status}, and we at ${fields.status}`;
    return { line, outcome: 'drift', status: item.status, detail };
  }
  const missing = missingFields(fields, item);
  if (Object.keys(missing).length === 0) return { line, outcome: 'reported', status: item.status, detail: null };
  return unlessRefused(line, item.status, async () => {
    await client.send(connection, 'PATCH', `${channel}/order_items/${item.pk}/`, missing);
    return missing['status'] ?? item.status;
  });
}

/** A refusal is an outcome: our state stays, people see it, and it is tried again when something changes. */
export async function unlessRefused(line: string, status: string, send: () => Promise<string>): Promise<LineOutcome> {
  try {
    return { line, outcome: 'reported', status: await send(), detail: null };
  } catch (error) {
    if (!(error instanceof OmsError) || error.code !== 'omnitron.refused') throw error;
    return { line, outcome: 'refused', status, detail: error.detail };
  }
}

function missingFields({ status = '', extra_field: extra, ...papers }: DueFields, item: RemoteItem) {
  const other = Object.entries(papers).filter(([name, value]) => item[name as keyof typeof papers] !== value);
  const isNew = Object.entries(extra ?? {}).some(([name, value]) => item.extra_field?.[name] !== value);
  return {
    ...(isForward(item.status, status) && { status }),
    ...(Object.fromEntries(other) as Partial<typeof papers>),
    ...(isNew && { extra_field: extra }),
  };
}
