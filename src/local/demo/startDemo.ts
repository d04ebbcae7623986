import { join } from 'node:path';

import { startCarrier } from '../simulators/carrier.js';
import { startErp } from '../simulators/erp.js';
import type { Simulator } from '../simulators/loopbackServer.js';
import type { OmsAccess } from '../simulators/omsApi.js';
import { startStockService } from '../simulators/stockService.js';
import { CARRIER_LOGIN, NOT_ON_SHELF, STOCK_LOGIN } from './integrations.js';
import { loadBrand } from './loadBrand.js';
import { refusedPackages } from './orders.js';
import { placeDemoOrders, type PlacedOrder } from './placeDemoOrders.js';
import { demoStock } from './stock.js';

const DELIVERY_SECONDS = 20;
const ERP_PAUSE_MS = 1_200;

export interface DemoOptions extends OmsAccess {
  /** Where the carrier remembers its parcels; without it a restart loses them. */
  readonly dataDir?: string;
  readonly onProgress?: (line: string) => void;
}

/** The demonstration: the parties outside and the brand, up and loaded. */
export interface Demo {
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  /** Places the orders; resolves when all are placed, or the demonstration is stopped. */
  play(onPlaced?: (placed: PlacedOrder) => void): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the simulators and loads the brand into a running system. */
export async function startDemo({ dataDir, onProgress, ...oms }: DemoOptions): Promise<Demo> {
  const ending = new AbortController();
  const running: Simulator[] = [];
  const stop = async (): Promise<void> => {
    ending.abort();
    await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
  };
  const started = <One extends Simulator>(simulator: One): One => {
    running.push(simulator);
    return simulator;
  };
  try {
    const stock = started(await startStockService({ stock: demoStock(), login: STOCK_LOGIN }));
    const file = dataDir === undefined ? {} : { file: join(dataDir, 'carrier.jsonl') };
    const carrier = started(await startCarrier({ login: CARRIER_LOGIN, deliverySeconds: DELIVERY_SECONDS, ...file }));
    const { signal } = ending;
    const progress = onProgress && { onProgress };
    await loadBrand({ ...oms, stockUrl: stock.stockUrl, carrierUrl: carrier.url, signal, ...progress });
    const refuse = { reason: NOT_ON_SHELF, share: 0, packages: refusedPackages() };
    const erp = started(await startErp({ oms, pauseMs: ERP_PAUSE_MS, refuse, takenUrl: `${stock.url}/taken` }));
    return {
      addresses: [
        { name: 'Stock service', url: stock.stockUrl },
        { name: 'Carrier', url: carrier.url },
        { name: 'ERP', url: erp.url },
      ],
      play: (onPlaced) => placeUntilStopped(oms, signal, onPlaced),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function placeUntilStopped(
  oms: OmsAccess,
  signal: AbortSignal,
  onPlaced?: (placed: PlacedOrder) => void,
): Promise<void> {
  try {
    await placeDemoOrders({ ...oms, signal, ...(onPlaced && { onPlaced }) });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
