import type { CarrierClient } from '../../domain/shipment/carrierClient.js';
import { unknownShipment } from '../../domain/shipment/shipment.js';

/** A carrier without an interface: people type the tracking number, and say what became of the parcel. */
export const manual: CarrierClient = {
  openShipment: ({ code }, { shipmentId, parcels }) => {
    const shipment = { ...unknownShipment(shipmentId), carrier: code, parcels };
    return Promise.resolve({ shipment, label: null, parcelLabels: [] });
  },
  track: () => Promise.resolve([]),
  fetchLabel: () => Promise.resolve(null),
  cancelShipment: () => Promise.resolve('cancelled'),
};
