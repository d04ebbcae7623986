import type { PackageRecord } from '../../domain/package/package.js';

/** What Temporal's Web UI shows of a package, as Markdown. No personal data. */
export function packageDetails(record: PackageRecord, allowed: readonly string[]): string {
  const items = record.items.map(({ quantity, sku, name }) => `- ${quantity} x ${sku} (${name})`);
  return [
    `**${record.state}** at **${record.location}**, order ${record.order}`,
    ...(record.replacedBy.length > 0 ? [`Replaced by ${record.replacedBy.join(', ')}`] : []),
    ...(record.shipment?.trackingNumber
      ? [`Tracking ${record.shipment.trackingNumber}: ${record.shipment.status}`]
      : []),
    '',
    ...items,
    '',
    `Commands: ${allowed.join(', ') || 'none'}`,
  ].join('\n');
}
