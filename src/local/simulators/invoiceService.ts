import { withFaults } from './faults.js';
import {
  isAllowed,
  readObject,
  startLoopbackServer,
  type Asked,
  type Login,
  type Reply,
  type Simulator,
} from './loopbackServer.js';

export interface InvoiceServiceOptions {
  /** HTTP Basic; everybody may ask without it. */
  readonly login?: Login;
  /** An invoice is being written for so long after it was asked for first. */
  readonly writingSeconds?: number;
  readonly now?: () => Date;
  readonly port?: number;
}

/** An invoice service that runs; `GET /invoices` lists what it has written. */
export interface InvoiceService extends Simulator {
  /** Where invoices are asked for. */
  readonly invoiceUrl: string;
  /** Numbers by the keys under which they were asked for. */
  readonly written: ReadonlyMap<string, string>;
}

interface WrittenInvoice {
  readonly number: string;
  readonly date: string;
  readonly readyAt: number;
}

/**
 * Writes one invoice for each `Idempotency-Key`, however often it is asked. The document is a PDF of one empty page, at
 * an address of its own.
 */
export async function startInvoiceService(options: InvoiceServiceOptions = {}): Promise<InvoiceService> {
  const { login, writingSeconds = 0, now = () => new Date() } = options;
  const invoices = new Map<string, WrittenInvoice>();
  const written = new Map<string, string>();

  const write = (key: string, wanted: unknown): WrittenInvoice => {
    const known = invoices.get(key);
    if (known) return known;
    const number = typeof wanted === 'string' ? wanted : `INV${String(1_000_000 + invoices.size)}`;
    const date = now().toISOString();
    const invoice = { number, date, readyAt: now().getTime() + writingSeconds * 1_000 };
    invoices.set(key, invoice);
    written.set(key, number);
    return invoice;
  };

  const answer = (asked: Asked): Reply => {
    if (!isAllowed(asked, login)) return refuse(401, 'unknown sender');
    const [, documentOf] = /^\/documents\/([^/]+)$/.exec(asked.path) ?? [];
    if (asked.method === 'GET' && documentOf !== undefined)
      return { status: 200, body: EMPTY_PDF, type: 'application/pdf' };
    if (asked.path !== '/invoices') return refuse(404, 'there is nothing here');
    if (asked.method === 'GET') return { status: 200, body: [...written].map(([key, number]) => ({ key, number })) };
    const key = asked.headers['idempotency-key'];
    const { package: parcel, items, number: wanted } = readObject(asked.body) ?? {};
    if (typeof key !== 'string' || key !== parcel) return refuse(400, 'the Idempotency-Key must be the package');
    if (!Array.isArray(items) || items.length === 0) return refuse(422, 'there is nothing to write an invoice for');
    const invoice = write(key, wanted);
    if (now().getTime() < invoice.readyAt) return { status: 202, body: {} };
    const url = `${server.url}/documents/${encodeURIComponent(invoice.number)}`;
    return { status: 200, body: { number: invoice.number, type: 'e-archive', date: invoice.date, url } };
  };

  const server = await startLoopbackServer(withFaults(answer), options.port);
  return { ...server, invoiceUrl: `${server.url}/invoices`, written };
}

const refuse = (status: number, message: string): Reply => ({ status, body: { message } });

/** The smallest that readers open. */
const EMPTY_PDF = [
  '%PDF-1.4',
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj',
  'trailer<</Root 1 0 R>>',
  '%%EOF',
  '',
].join('\n');
