import { appendFile, readFile } from 'node:fs/promises';

export interface BookedShipment {
  readonly shipmentId: string;
  readonly trackingNumber: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly deletedAt?: number;
  /** How many parcels it has, as the sender said last; 1 where it said nothing. */
  readonly parcels?: number;
}

export type ShipmentBook = Awaited<ReturnType<typeof openShipmentBook>>;

/** What a carrier knows: shipments by the sender's id, one line for each change in a file if one is given. */
export async function openShipmentBook(file?: string) {
  const shipments = new Map<string, BookedShipment>();
  for (const shipment of await linesOf(file)) shipments.set(shipment.shipmentId, shipment);

  const write = async (shipment: BookedShipment): Promise<BookedShipment> => {
    shipments.set(shipment.shipmentId, shipment);
    if (file !== undefined) await appendFile(file, `${JSON.stringify(shipment)}\n`);
    return shipment;
  };

  return {
    find: (shipmentId: string): BookedShipment | undefined => shipments.get(shipmentId),

    /** In the order in which they were opened. */
    all: (): readonly BookedShipment[] => [...shipments.values()],

    open: (shipmentId: string, openedAt: number, parcels: number): Promise<BookedShipment> =>
      write({ shipmentId, trackingNumber: `TR${String(100_000_000 + shipments.size)}`, openedAt, parcels }),

    update: (shipment: BookedShipment, parcels: number): Promise<BookedShipment> => write({ ...shipment, parcels }),

    delete: async (shipmentId: string, deletedAt: number): Promise<void> => {
      const known = shipments.get(shipmentId);
      if (known && known.deletedAt === undefined) await write({ ...known, deletedAt });
    },
  };
}

async function linesOf(file: string | undefined): Promise<BookedShipment[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as BookedShipment];
    } catch {
      // The last line of a process that was killed while it wrote.
      return [];
    }
  });
}
