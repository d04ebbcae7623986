import type { TransferRecord } from '../../domain/transfer/transfer.js';

/** What Temporal's Web UI shows of a transfer, as Markdown. No personal data. */
export function transferDetails(record: TransferRecord, allowed: readonly string[]): string {
  const { state, source, destination, package: parcel } = record;
  return [
    `**${state}** from **${source}** to **${destination}**, for ${parcel}`,
    '',
    ...record.items.map(({ quantity, sku, name }) => `- ${quantity} x ${sku} (${name})`),
    '',
    `Commands: ${allowed.join(', ') || 'none'}`,
  ].join('\n');
}
