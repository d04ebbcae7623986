import { startHttpServer } from '../../support/httpServer.js';
import { startCarrierService } from '../../workflow/support/outside.js';

/**
 * The world around the system: a stock service, a carrier and a receiver of webhooks. Calls about one sequence can
 * be made to fail for some times: its name begins its SKUs and orders.
 */
export async function startOutside() {
  const table = new Map<string, number>();
  const failing = { stock: new Map<string, number>(), webhooks: new Map<string, number>() };
  const fails = (what: keyof typeof failing, sequence: string): boolean => {
    const left = failing[what].get(sequence) ?? 0;
    failing[what].set(sequence, Math.max(0, left - 1));
    return left > 0;
  };
  const stock = await startHttpServer(({ query }) => {
    const skus = query.getAll('sku');
    // One question may be of many orders; those of other sequences ask again, as they would of a real service.
    const isFailing = [...new Set(skus.map(sequenceOf))].some((sequence) => fails('stock', sequence));
    if (isFailing) return { status: 503, text: 'closed' };
    return { json: skus.map((sku) => ({ sku, stocks: stocksOf(table, sku) })) };
  });
  const receiver = await startHttpServer(({ body }) => {
    const { subject } = JSON.parse(body) as { subject: string };
    return { status: fails('webhooks', sequenceOf(subject.split('/')[1] ?? '')) ? 500 : 204 };
  });
  const carrier = await startCarrierService();
  return {
    ...{ stock, receiver, carrier },

    /** The stock service answers so many units from now on. */
    setStock: (location: string, sku: string, units: number): void => void table.set(`${sku}|${location}`, units),

    /** The next calls about the sequence fail. */
    fail: (what: keyof typeof failing, sequence: string, times: number): void =>
      void failing[what].set(sequence, (failing[what].get(sequence) ?? 0) + times),

    close: () => Promise.all([stock.close(), receiver.close(), carrier.close()]),
  };
}

export type Outside = Awaited<ReturnType<typeof startOutside>>;

/** `m12` of `m12-A`, of `m12-1` and of `m12-1P1`. */
const sequenceOf = (name: string): string => name.split('-')[0] ?? '';

function stocksOf(table: ReadonlyMap<string, number>, sku: string) {
  const locations = [...table.keys()]
    .filter((key) => key.startsWith(`${sku}|`))
    .map((key) => key.slice(sku.length + 1));
  return locations.map((erpCode) => ({ erpCode, quantity: table.get(`${sku}|${erpCode}`) ?? 0 }));
}
