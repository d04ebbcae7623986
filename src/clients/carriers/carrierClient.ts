import type { Carrier } from '../../domain/configuration/integrations.js';
import type { CarrierClient } from '../../domain/shipment/carrierClient.js';
import type { OutgoingOptions } from '../http.js';
import { manual } from './manual.js';
import { createShipmentFlow } from './shipmentFlow.js';

/** Speaks to each carrier by its adapter. */
export function createCarrierClient(options: OutgoingOptions): CarrierClient {
  const adapters: Readonly<Record<Carrier['adapter'], CarrierClient>> = {
    'shipment-flow': createShipmentFlow(options),
    manual,
  };
  const of = ({ adapter }: Carrier) => adapters[adapter];
  return {
    openShipment: (carrier, ...asked) => of(carrier).openShipment(carrier, ...asked),
    track: (carrier, ...asked) => of(carrier).track(carrier, ...asked),
    fetchLabel: (carrier, ...asked) => of(carrier).fetchLabel(carrier, ...asked),
    cancelShipment: (carrier, ...asked) => of(carrier).cancelShipment(carrier, ...asked),
  };
}
