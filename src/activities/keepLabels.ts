import type { Carrier } from '../domain/configuration/integrations.js';
import { mediaTypeOf } from '../domain/mediaType.js';
import type { LabelSource, OpenedShipment } from '../domain/shipment/carrierClient.js';
import type { Shipment } from '../domain/shipment/shipment.js';
import { documentId, labelKind } from '../store/documents.js';
import type { CarrierDependencies } from './carrierDependencies.js';

/**
 * Keeps the labels of a shipment that was opened, and answers it with which ones are kept. Of an address that gives
 * nothing now, the address is left; `update_label` fetches again.
 */
export async function keepLabels(
  dependencies: Pick<CarrierDependencies, 'documents' | 'client' | 'now'>,
  carrier: Carrier,
  { shipment, label, parcelLabels }: OpenedShipment,
): Promise<Shipment> {
  const kept = await Promise.all(
    [label, ...parcelLabels].map(
      async (source, index) => (await keep(dependencies, carrier, { source, shipmentId: shipment.id, index })) && index,
    ),
  );
  const storedLabels = kept.filter((index) => index !== false);
  return storedLabels.length === 0 ? shipment : { ...shipment, storedLabels };
}

interface LabelToKeep {
  readonly source: LabelSource | null;
  readonly shipmentId: string;
  /** 0 for the label of the shipment, from 1 on for its parcels. */
  readonly index: number;
}

async function keep(
  { documents, client, now }: Pick<CarrierDependencies, 'documents' | 'client' | 'now'>,
  carrier: Carrier,
  { source, shipmentId, index }: LabelToKeep,
): Promise<boolean> {
  if (source === null) return false;
  const bytes = 'bytes' in source ? source.bytes : await client.fetchLabel(carrier, source.url);
  const type = bytes && mediaTypeOf(bytes);
  if (!bytes || type === null) return false;
  await documents.put(documentId(shipmentId, labelKind(index)), { type, bytes }, now());
  return true;
}
